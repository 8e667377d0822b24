from bench import _sector
import bench.records as r


def figures():
    root, o = _sector.department()
    yield from r.lists("standing office", o)
    yield from r.lists("clerk of a unit", _sector.clerk())
