"""Where the demo's products are sold and made known, and what was sold each month; after the products, if any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING, Final, TypeVar

from config.demo import DEMO_YEAR
from config.demo.calendar import FIRST_DAY, STORY_DAY
from config.demo.chosen import chosen, place_of
from config.demo.places import ATTACHED_CODE, OUR_SCHOOL, SISTER_SCHOOL
from offices.scoping import DEPARTMENT_EYES
from trainees.models import Channel, ChannelKind, Offer, Product, Publicity, Sale
from trainees.sales import months_of

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

KIND: Final = ChannelKind
NAMES: Final[dict[str, str]] = {
    KIND.SHOP: "หน้าร้านของดี{place}",
    KIND.MARKET: "ตลาดนัดชุมชน{place}",
    KIND.EVENT: "บูธงานประจำปี{place}",
    KIND.FACEBOOK: "เพจของดี{place}",
    KIND.LINE: "ไลน์ร้านค้า{place}",
    KIND.TIKTOK: "ติ๊กต็อกช่างฝีมือ{place}",
    KIND.INSTAGRAM: "อินสตาแกรมงานมือ{place}",
    KIND.MARKETPLACE: "ร้านออนไลน์{place}",
    KIND.CONSIGNMENT: "ร้านค้าชุมชน{place} (ฝากขาย)",
    KIND.PARTNER: "ร้านสวัสดิการ อบต.{place}",
    KIND.OTHER: "รถเร่ของดี{place}",
}
MADE_KNOWN: Final = (
    (KIND.FACEBOOK, "เพจศูนย์ส่งเสริมการเรียนรู้{place}"),
    (KIND.LINE, "ไลน์กลุ่มผู้เรียน{place}"),
    (KIND.OTHER, "วิทยุชุมชนและเสียงตามสาย{place}"),
    (KIND.TIKTOK, "ติ๊กต็อก สกร.{place}"),
    (KIND.EVENT, "นิทรรศการวันที่ระลึก{place}"),
    (KIND.PARTNER, "ป้ายประชาสัมพันธ์ อบต.{place}"),
)
ONLINE: Final = {KIND.FACEBOOK, KIND.LINE, KIND.TIKTOK, KIND.INSTAGRAM, KIND.MARKETPLACE}
CHANNELS: Final = {OUR_SCHOOL: 9, SISTER_SCHOOL: 6, ATTACHED_CODE: 6}
PUBLICITY: Final = {OUR_SCHOOL: 4, SISTER_SCHOOL: 2, ATTACHED_CODE: 2}
OTHER_CHANNELS, OTHER_PUBLICITY = 20, 7
USUAL: Final = 4_000  # baht a month
Outlet = TypeVar("Outlet", Channel, Publicity)


def tell(lives: list[SchoolLife]) -> None:
    """About forty sales channels with their products and sales, and fifteen publicity channels."""
    products = _products(lives)
    makers = [life for life in lives if products[life.offer.school.pk]] or lives
    kinds = cycle(NAMES.items())
    sellers = chosen(lives, CHANNELS, others=makers, once=OTHER_CHANNELS, what="channels")
    channels = [(_outlet(Channel, life, *next(kinds), dice), dice) for life, dice in sellers]
    Channel.objects.bulk_create(channel for channel, _dice in channels)
    Offer.objects.bulk_create(
        Offer(school=channel.school, channel=channel, product=product)
        for channel, dice in channels
        for product in _sold(products[channel.school_id], dice)
    )
    Sale.objects.bulk_create(sale for channel, dice in channels for sale in _sales(channel, dice))
    ways = cycle(MADE_KNOWN)
    known = chosen(lives, PUBLICITY, others=lives, once=OTHER_PUBLICITY, what="publicity")
    Publicity.objects.bulk_create(_outlet(Publicity, life, *next(ways), dice) for life, dice in known)


def _products(lives: list[SchoolLife]) -> dict[int, list[Product]]:
    found: dict[int, list[Product]] = defaultdict(list)
    rows = Product.objects.visible_to(DEPARTMENT_EYES).filter(school__in=[life.offer.school for life in lives])
    for product in rows.order_by("name_order", "pk"):
        found[product.school_id].append(product)
    return found


def _outlet(model: type[Outlet], life: SchoolLife, kind: str, name: str, rng: Random) -> Outlet:
    """A booth is open for some days, one channel in eight has closed, the others are open still."""
    place = place_of(life, rng)
    opened = FIRST_DAY + timedelta(days=rng.randint(-200, 250))
    closed = None
    if kind == KIND.EVENT:
        closed = opened + timedelta(days=rng.randint(2, 9))
    elif rng.random() < 0.12:
        closed = min(opened + timedelta(days=rng.randint(60, 200)), STORY_DAY)
    link = f"https://{kind}.example/{rng.randrange(10**6):06d}" if kind in ONLINE else ""
    return model(
        school=life.offer.school,
        name=name.format(place=place),
        kind=kind,
        link=link,
        address="" if link else f"หมู่ที่ {rng.randint(1, 12)} {place}",
        opened_on=opened,
        closed_on=closed,
    )


def _sold(products: Sequence[Product], rng: Random) -> list[Product]:
    """A few of the school's products; of some channels nobody has said yet what is sold there."""
    if rng.random() < 0.1:
        return []
    return rng.sample(products, min(len(products), rng.randint(1, 3)))


def _sales(channel: Channel, rng: Random) -> Iterator[Sale]:
    """Months of which somebody knows; some in which nothing was sold."""
    usual = USUAL * rng.choice([1, 1, 2, 3])
    for month in [*months_of(DEMO_YEAR), *months_of(DEMO_YEAR + 1)]:
        too_early = month < channel.opened_on.replace(day=1)
        if too_early or month > min(channel.closed_on or STORY_DAY, STORY_DAY) or rng.random() < 0.2:
            continue
        baht = 0 if rng.random() < 0.08 else round(usual * rng.uniform(0.3, 1.8), -1)
        yield Sale(school=channel.school, channel=channel, month=month, amount=_amount(baht, rng))


def _amount(baht: float, rng: Random) -> Decimal:
    return Decimal(int(baht)) + (Decimal("0.50") if baht and rng.random() < 0.1 else 0)
