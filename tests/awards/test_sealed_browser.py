"""A secret vote in a real browser: five members on phones, a lost connection, no script, every screen."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from guong.awards import sealed
from guong.awards.flow import SESSION_STEPS
from guong.awards.models import Envelope, Session
from guong.base.models import User
from guong.base.workflow import take
from guong.papers import sealing
from tests.awards import secret
from tests.awards.house import House, house
from tests.browser import SHOTS, sign_in, wrong_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def at() -> House:
    made = house(members=5, places=2)
    made.unit.name = made.unit.short_name = "Bệnh viện Sản – Nhi"
    made.unit.save()
    return made


@pytest.fixture
def phone_of(browser, browser_context_args, live_server):
    """A phone of one member; at the end no console has said anything that was not expected."""
    said: list[str] = []
    contexts = []

    def open_as(user: User, address: str, *, script: bool = True, quiet: bool = True):
        context = browser.new_context(
            **browser_context_args | {"viewport": PHONE, "java_script_enabled": script}
        )
        contexts.append(context)
        sign_in(context, live_server.url, user)
        page = context.new_page()
        if quiet:
            page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        assert page.goto(live_server.url + address).status == 200, address
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert [line for line in said if "422" not in line] == []  # a refused form is a 422, and Chromium says so


def address(session: Session, page: str = "") -> str:
    return f"/hoi-dong/phien-hop/{session.pk}/{page}"


def choose(page, letters: str) -> None:
    for place, letter in enumerate(letters):
        label = "Đồng ý" if letter == "Y" else "Không"
        page.locator("fieldset.ballot").nth(place).get_by_label(label, exact=True).check()


def seal(page) -> str:
    page.get_by_role("button", name="Niêm phong phiếu").click()
    page.get_by_role("heading", name="Đã niêm phong phiếu").wait_for()
    return page.locator("[data-seal-tracker]").inner_text()


def test_five_members_vote_on_phones_and_the_box_is_counted(at, phone_of):
    vote = secret.voting(at, 3)
    wanted = ["YYN", "YNN", "YYY", "NYN", "YYN"]
    wrong, trackers = [], []
    for user, letters in zip(at.users, wanted, strict=True):
        page = phone_of(user, address(vote.session, "phieu/"))
        if user is at.chair:
            choose(page, letters[:2])
            assert "Còn 1 trường hợp" in page.locator("[data-seal-left]").inner_text()
            wrong += wrong_with(page, "ballot", PHONE["height"])
        choose(page, letters)
        trackers.append(seal(page))
        if user is at.chair:
            wrong += wrong_with(page, "ballot-sealed", PHONE["height"])
            assert page.get_by_text("Máy chủ đã nhận lúc").is_visible()
        vote.truth[user] = letters
    assert sorted(trackers) == sealed.trackers_of(vote.box)
    page = phone_of(at.chair, address(vote.session))
    wrong += wrong_with(page, "session-voting", PHONE["height"])
    page.get_by_role("button", name="Đóng hòm phiếu").click()
    wrong += wrong_with(phone_of(at.chair, address(vote.session, "ma-niem/")), "trackers")
    count_on_the_screen(at, vote, phone_of, wrong)
    assert wrong == []


def count_on_the_screen(at: House, vote: secret.Vote, phone_of, wrong: list[str]) -> None:
    """Two sheets typed on the counting page, wrong ones first; then the sheets are destroyed."""
    page = phone_of(at.secretary, address(vote.session))
    wrong += wrong_with(page, "session-boxed", PHONE["height"])
    page.get_by_role("link", name="Mở hòm phiếu").click()
    wrong += wrong_with(page, "counting", PHONE["height"])
    first, second = page.locator("textarea").nth(0), page.locator("textarea").nth(1)
    first.fill(vote.key.sheets[0])
    second.fill(" ".join(word[:4] for word in vote.key.sheets[0].split()))
    page.get_by_role("button", name="Mở hòm và kiểm phiếu").click()
    assert "Chưa phiếu nào được mở" in page.locator("[data-errors]").inner_text()
    page.locator("textarea").nth(1).fill(" ".join(word[:4] for word in vote.key.sheets[2].split()))
    page.get_by_role("button", name="Mở hòm và kiểm phiếu").click()
    page.get_by_role("button", name="Ghi: đã hủy ba phiếu khóa").wait_for()
    session = Session.objects.get(pk=vote.session.pk)
    assert {item.pk: (item.yes, item.no, item.blank) for item in session.items.all()} == vote.counts()
    wrong += wrong_with(page, "session-counted", PHONE["height"])
    page.get_by_role("button", name="Ghi: đã hủy ba phiếu khóa").click()
    wrong += wrong_with(page, "session-destroyed", PHONE["height"])


def test_ballot_survives_a_lost_connection(at, phone_of):
    vote = secret.voting(at, 2)
    page = phone_of(at.vice, address(vote.session, "phieu/"), quiet=False)
    choose(page, "YN")
    page.context.set_offline(True)
    page.get_by_role("button", name="Niêm phong phiếu").click()
    page.get_by_role("heading", name="Chưa gửi được").wait_for()
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "ballot-offline-360.png", full_page=True)
    assert not Envelope.objects.exists()
    kept = page.evaluate("Object.values(sessionStorage)")
    assert len(kept) == 1
    page.context.set_offline(False)  # the page sends it again by itself
    page.get_by_role("heading", name="Đã niêm phong phiếu").wait_for()
    assert bytes(Envelope.objects.get().ciphertext) == base64.b64decode(kept[0])
    assert page.locator("[data-seal-tracker]").inner_text() == Envelope.objects.get().tracker


def test_answer_that_is_lost_leads_to_one_envelope(at, phone_of):
    """The server has it, the phone does not know: the same envelope goes again, also after a reload."""
    vote = secret.voting(at, 2)
    page = phone_of(at.vice, address(vote.session, "phieu/"), quiet=False)
    calls = []

    def cut(route) -> None:
        calls.append(route.request.post_data)
        if len(calls) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/phieu/", lambda route: cut(route) if route.request.method == "POST" else route.continue_())
    choose(page, "YN")
    page.get_by_role("button", name="Niêm phong phiếu").click()
    page.get_by_role("heading", name="Chưa gửi được").wait_for()
    first = Envelope.objects.get().tracker
    page.reload()
    page.get_by_role("button", name="Gửi lại").click()
    page.get_by_role("heading", name="Đã niêm phong phiếu").wait_for()
    assert Envelope.objects.get().tracker == first == page.locator("[data-seal-tracker]").inner_text()
    assert vote.box.envelopes.count() == 1


def test_ballot_after_closing_is_refused_in_words(at, phone_of):
    vote = secret.voting(at, 2)
    page = phone_of(at.vice, address(vote.session, "phieu/"), quiet=False)
    choose(page, "YN")
    take(SESSION_STEPS["close_box"], vote.session, by=at.secretary)
    page.get_by_role("button", name="Niêm phong phiếu").click()
    page.get_by_text("Đã đóng phiếu").wait_for()
    assert not Envelope.objects.exists()


def test_without_script_the_server_seals_and_says_so(at, phone_of):
    vote = secret.voting(at, 2)
    page = phone_of(at.vice, address(vote.session, "phieu/"), script=False)
    assert page.get_by_text("máy chủ khóa trong bộ nhớ").is_visible()
    choose(page, "YN")
    page.get_by_role("button", name="Niêm phong phiếu").click()
    assert page.get_by_text(Envelope.objects.get().tracker).is_visible()
    for user, letters in zip(at.users, ("NN", "YN", "NN", "NN", "NN"), strict=True):
        if user != at.vice:
            vote.cast(user, letters)
    vote.truth[at.vice] = "YN"
    vote.close()
    session = vote.open()
    assert {item.pk: (item.yes, item.no, item.blank) for item in session.items.all()} == vote.counts()


def test_member_votes_again_and_the_last_ballot_counts(at, phone_of):
    vote = secret.voting(at, 1)
    page = phone_of(at.vice, address(vote.session, "phieu/"))
    choose(page, "Y")
    first = seal(page)
    page.get_by_role("link", name="Bỏ phiếu lại").click()
    choose(page, "N")
    assert seal(page) != first
    for user in at.users:
        if user != at.vice:
            vote.cast(user, "Y")
    vote.truth[at.vice] = "N"
    vote.close()
    assert vote.open().items.get().no == 1


def test_browser_and_server_seal_alike_both_ways(at, phone_of):
    """The vendored HPKE opens what Python sealed, Python opens what it sealed, for many ballots."""
    vote = secret.voting(at, 1)
    page = phone_of(at.vice, address(vote.session, "phieu/"))
    key = sealing.X25519PrivateKey.generate()
    public, private = key.public_key().public_bytes_raw(), key.private_bytes_raw()
    letters = ["".join(pair) for pair in zip("YN-" * 4, "NNYY-YN-Y-NY", strict=True)]
    from_python = [base64.b64encode(sealing.seal(public, "ab" * 32, 7, one)).decode() for one in letters]
    found = page.evaluate(
        """async ({ pub, priv, letters, sealed, info }) => {
            const raw = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
            const b64 = (data) => btoa(String.fromCharCode(...new Uint8Array(data)));
            const text = new TextEncoder();
            const suite = new hpke.CipherSuite({ kem: new hpke.DhkemX25519HkdfSha256(),
                kdf: new hpke.HkdfSha256(), aead: new hpke.Aes256Gcm() });
            const to = await suite.kem.deserializePublicKey(raw(pub).buffer);
            const own = await suite.kem.deserializePrivateKey(raw(priv).buffer);
            const opened = [], made = [];
            for (const one of sealed) {
                const data = raw(one);
                const reader = await suite.createRecipientContext({ recipientKey: own,
                    enc: data.slice(0, 32).buffer, info: text.encode(info) });
                opened.push(new TextDecoder().decode(await reader.open(data.slice(32).buffer)));
            }
            for (const one of letters) {
                const sender = await suite.createSenderContext({ recipientPublicKey: to,
                    info: text.encode(info) });
                const inside = new Uint8Array(await sender.seal(text.encode("guong ballot 1\\n" + one)));
                made.push(b64(new Uint8Array([...new Uint8Array(sender.enc), ...inside])));
            }
            return { opened, made };
        }""",
        {
            "pub": base64.b64encode(public).decode(), "priv": base64.b64encode(private).decode(),
            "letters": letters, "sealed": from_python, "info": sealing.binding("ab" * 32, 7).decode(),
        },
    )  # fmt: skip
    assert found["opened"] == [f"guong ballot 1\n{one}" for one in letters]
    made = [base64.b64decode(one) for one in found["made"]]
    assert [sealing.unseal(key, "ab" * 32, 7, one, 2) for one in made] == letters
    assert json.dumps(found)


def test_key_is_printed_and_the_vote_opened_from_the_page(at, phone_of):
    session = secret.called(at, 2)
    page = phone_of(at.secretary, address(session))
    assert page.get_by_text("Hòm phiếu chưa có khóa").is_visible()
    wrong = wrong_with(page, "session-key", PHONE["height"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Tạo khóa và in ba phiếu khóa").click()
    if SHOTS:
        download.value.save_as(Path(SHOTS) / "phieu-khoa.pdf")
    assert download.value.suggested_filename.startswith("phieu-khoa-")
    page.get_by_role("link", name="Đã in, làm tiếp").click()
    page.get_by_role("button", name="Mở bỏ phiếu").click()
    assert page.get_by_text("Đang bỏ phiếu: 0 trên 5").is_visible()
    assert wrong == []


def test_paper_totals_are_entered_on_a_phone(at, phone_of):
    session = take(SESSION_STEPS["vote_on_paper"], secret.called(at, 1), by=at.chair, note="mất điện")
    wrong = []
    for user in (at.secretary, at.vice):
        page = phone_of(user, address(session, "phieu-giay/"))
        totals = {"Phiếu phát ra": 5, "Phiếu thu về": 5, "Phiếu hợp lệ": 5, "Phiếu không hợp lệ": 0}
        for label, number in totals.items():
            page.get_by_label(label, exact=True).fill(str(number))
        name = session.items.get().nomination.name
        page.get_by_label(f"{name}: đồng ý", exact=True).fill("4")
        page.get_by_label(f"{name}: không đồng ý", exact=True).fill("1")
        wrong += wrong_with(page, "paper", PHONE["height"])
        page.get_by_role("button", name="Lưu kết quả của tôi").click()
    session.refresh_from_db()
    assert session.state == "closed"
    assert wrong == []
