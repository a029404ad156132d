"""`make bench`: the real paths on real sizes, as ratios against named bounds. Exit status 1 when a bound is passed.

Bounds: a plan of full size is read, audited and written in under 3 s; each main page answers in under 120 ms for 95 of
100 requests at 20 requests a second, also with forty districts (1,800 projects, 5,600 tasks) in the record; 10,000 draws of
a graph take at most 1.5 times what numpy written by hand takes for them, in under 1.5 GB; a year's inventory is worked from
the database to stored figures in under 1 s, a district of forty over eleven years costs at most 1.25 times what one alone
costs, and on a cluster gives the same figures to the last bit.

``--quick`` loads five districts and asks each page for one second: to see that the bench works, not to judge by.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
REAL_TEXT = CHECKOUT.parent / "shared" / "seeds" / "tongliang-climate-plan.txt"
BOUND_IMPORT_S = 3.0
QUICK = "--quick" in sys.argv
DISTRICTS = 5 if QUICK else 40
SECONDS = 1 if QUICK else 4
RUNS = 3
TODAY = date.today()
sys.path.insert(0, str(HERE))


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="qihou-bench-") as folder:
        data = Path(folder)
        os.environ.update(QIHOU_DATA=folder, DJANGO_SETTINGS_MODULE="qihou.web.settings")
        os.environ.pop("QIHOU_DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, SQLite; today is {TODAY}")
        if (busy := os.getloadavg()[0]) > 0.5:
            print(
                f"the machine is busy with other work (load {busy:.1f}): waits will be too long, the cpu columns hold"
            )
        passed = [kernel(), imports(), inventory(), pages(data)]
        return 0 if all(passed) else 1


def kernel() -> bool:
    import bench_kernel

    return bench_kernel.measure(QUICK)


def imports() -> bool:
    """The real text where it is at hand, as a person imports it: reading, findings and the whole version written."""
    from qihou.domains.plan.api import importing, review
    from qihou.record.api import districts
    from qihou.record.api.access import Actor

    actor = Actor.system("bench")
    district = districts.load_district(actor, CHECKOUT / "districts" / "tongliang")
    if not REAL_TEXT.exists():
        print(f"import            skipped: {REAL_TEXT.name} is not beside the checkout")
        return True
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        version = importing.import_plan(actor, district, name=REAL_TEXT.name, content=REAL_TEXT.read_bytes())
        times.append(time.perf_counter() - begin)
        review.discard(actor, district, version.uid, "bench")
    middle = statistics.median(times)
    good = middle <= BOUND_IMPORT_S
    print(
        f"import            {middle:.2f} s, {middle / BOUND_IMPORT_S:.2f}× of {BOUND_IMPORT_S:.0f} s {'✓' if good else '✗'}"
    )
    return good


def inventory() -> bool:
    import bench_inventory

    return bench_inventory.measure(QUICK)


def pages(data: Path) -> bool:
    import bench_pages
    from illustrative import load_district

    from qihou.domains.inventory.api import loading
    from qihou.record.api import districts
    from qihou.record.api.access import Actor

    actor, folder = Actor.system("bench"), CHECKOUT / "districts" / "tongliang"
    first, bundled = load_district(1, today=TODAY), districts.load_district(actor, folder)
    loading.load_district_inventory(actor, bundled, folder)
    cookie, organisation, item = signed_in(first, bundled)
    aim = (data, cookie, first.code, organisation, item, bundled.code, SECONDS)
    one = bench_pages.measure(*aim)
    begin = time.perf_counter()
    for number in range(2, DISTRICTS + 1):
        other = load_district(number, today=TODAY)
        loading.load_district_inventory(actor, other, folder, years=[TODAY.year - 1], work=False)
    seconds = time.perf_counter() - begin
    print(
        f"loading           {DISTRICTS - 1} more districts in {seconds:.0f} s, {seconds / (DISTRICTS - 1):.2f} s each"
    )
    lines = bench_pages.table(one, bench_pages.measure(*aim))
    print("\n".join(lines))
    return not any("✗" in line for line in lines)


def signed_in(district, other):  # type: ignore[no-untyped-def]
    """The cookie of an officer of the lead bureaus of both, an organisation's code of the first and a row to look at."""
    from django.test import Client

    from qihou.domains.plan.models import Item
    from qihou.record.models import Organisation, Person, Role

    bureau = Organisation.objects.get(district=district, code="bureau-0")
    person = Person.objects.create(username="bench", name="示例", organisation=bureau, illustrative=True)
    for place in (district, other):
        Role.objects.create(district=place, person=person, kind="lead_bureau", organisation=bureau)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    cookie = "; ".join(f"{k}={v.value}" for k, v in client.cookies.items())
    item = Item.objects.filter(district=district, kind="project").order_by("order")[5]
    return cookie, "bureau-1", str(item.uid)


if __name__ == "__main__":
    sys.exit(main())
