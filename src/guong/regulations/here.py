"""The law as it applies to one body: the national data and the layers in force over it.

Which layers these are is asked of the database every time, so that a change counts at once in every process;
the law made of them is kept by their digests.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from guong.base.models import Body
from guong.base.workflow import Refused
from guong.law import Law, load, read_layer
from guong.law import Layer as LawLayer
from guong.regulations.models import Layer

Key = tuple[tuple[int, str, date | None], ...]  # id, digest of the text, last day when ended early


@lru_cache(maxsize=1)
def national_law() -> Law:
    """The law data shipped with the product, read once."""
    return load()


def law_of(body: Body, *, with_: Layer | None = None, without: Layer | None = None) -> Law:
    """The law of a department, or of a body below it: the national law with the layers over that body on top.

    What a body higher up lays down prevails; of one body the decision signed later, as between instruments of
    one authority. with_ and without: as if this layer were in force, or were not.
    """
    layers = list(Layer.objects.of_law().over(body).select_related("applies_to").defer("text"))
    if special := with_ or without:
        layers = [layer for layer in layers if layer.pk != special.pk]
    if with_:
        layers.append(with_)
    ranked = sorted(layers, key=strength)
    return _made(tuple((layer.pk, layer.digest, layer.ended_on) for layer in ranked))


def strength(layer: Layer) -> tuple[int, date, int]:
    """Orders layers from the weakest up."""
    return (-len(layer.applies_to.path), layer.signed_on, layer.pk)


@lru_cache(maxsize=128)
def _made(key: Key) -> Law:
    """The law of these layers. A text in force never changes, so what was made once stays right."""
    law = national_law()
    texts = dict(Layer.objects.filter(pk__in=[pk for pk, *_rest in key]).values_list("pk", "text"))
    for pk, digest, ended_on in key:
        layer = read_layer(texts[pk], f"{pk}.yaml", law)
        if layer.digest != digest:
            raise Refused(_("The draft was changed at this moment: open the page again."))
        law = law.with_layer(_until(layer, ended_on))
    return law


def _until(layer: LawLayer, last_day: date | None) -> LawLayer:
    """The layer ending with an earlier day; its digest tells the two apart."""
    if last_day is None:
        return layer
    values = {
        name: tuple(replace(each, until=last_day) for each in cited) for name, cited in layer.values.items()
    }
    return replace(layer, until=last_day, values=values, digest=f"{layer.digest}:{last_day}")
