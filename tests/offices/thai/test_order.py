import random
import unicodedata
from functools import cmp_to_key

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from offices.thai.order import SORT_KEY_LENGTH, sort_key
from offices.thai.typed import tidy

consonants = st.sampled_from([chr(code) for code in range(0x0E01, 0x0E2F)])
vowels = st.sampled_from(["", *"ะาำิีึืุู", "ัว", "อ"])
tones = st.sampled_from(["", *"่้๊๋"])
leading = st.sampled_from(["", "", *"เแโใไ"])
syllables = st.builds(
    # A tone mark is typed after an upper or lower vowel, before any other.
    lambda lead, consonant, vowel, tone, final: (
        lead + consonant + (vowel[:1] + tone + vowel[1:] if vowel[:1] in [*"ัิีึืุู"] else tone + vowel) + final
    ),
    leading,
    consonants,
    vowels,
    tones,
    st.sampled_from(["", "", "น", "ง", "ต์"]),
)
thai_words = st.lists(syllables, min_size=1, max_size=4).map("".join)
names = thai_words | st.builds("{} {}".format, thai_words, thai_words) | st.text(max_size=30)

# Each list stands as a Thai dictionary prints it; written by hand.
WORDS = {
    "consonants": "กก กข ขก คน งาน จาน ชาม ดิน ตา ทอง นา บ้าน ปลา ฝน ฟ้า อา ฮา",
    "ru and lu": "รัก เรือ ไร ฤกษ์ ฤดู ฤทัย ฤษี ฤๅษี ลา เลย ฦๅชา วัด",
    "vowels": "กก กะ กัน กา กำ กิน กีด กึก กืน กุ กู เก แก โก ใก ไก",
    "leading vowels under their consonant": "กา กู เกม แกะ ไก่ ขา เขา แขก ไข่",
    "compound vowels": "เก เกา เกาะ เกิด เกีย เกือ แก แกะ",
    "tone marks between equals": "ปา ป่า ป้า ป๊า ป๋า",
    "maitaikhu before the tone marks": "เกง เก็ง เก่ง เก้ง เก๊ง เก๋ง",
    "tones wait for the letters": "ป้า ปาก ป่าน ปาม ปี ปี่ ปู ปู่",
    "the earlier mark weighs more": "ขาวขาว ขาวข้าว ข่าวขาว ข้าวขาว ข้าวข้าว",
    "thanthakhat": "การ การ์ การค้า กาล จัน จันทร์ จันทรา ศัก ศักดิ์ ศักดิ์ดา",
    "first names": """
        กมล กรรณิการ์ เกษม แก้ว ขวัญ จันทร์ ใจ ชัย โชติ ไพศาล มานะ เมตตา สมชาย สมหญิง สุดา แสง
        อารี เอก
    """,
    "provinces": """
        กระบี่ กรุงเทพมหานคร กาญจนบุรี กาฬสินธุ์ กำแพงเพชร ขอนแก่น จันทบุรี ฉะเชิงเทรา ชลบุรี
        ชัยนาท ชัยภูมิ ชุมพร เชียงราย เชียงใหม่ ตรัง ตราด ตาก นครนายก นครปฐม นครพนม นครราชสีมา
        นครศรีธรรมราช นครสวรรค์ นนทบุรี นราธิวาส น่าน บึงกาฬ บุรีรัมย์ ปทุมธานี ประจวบคีรีขันธ์
        ปราจีนบุรี ปัตตานี พระนครศรีอยุธยา พะเยา พังงา พัทลุง พิจิตร พิษณุโลก เพชรบุรี เพชรบูรณ์
        แพร่ ภูเก็ต มหาสารคาม มุกดาหาร แม่ฮ่องสอน ยโสธร ยะลา ร้อยเอ็ด ระนอง ระยอง ราชบุรี ลพบุรี
        ลำปาง ลำพูน เลย ศรีสะเกษ สกลนคร สงขลา สตูล สมุทรปราการ สมุทรสงคราม สมุทรสาคร สระแก้ว
        สระบุรี สิงห์บุรี สุโขทัย สุพรรณบุรี สุราษฎร์ธานี สุรินทร์ หนองคาย หนองบัวลำภู อ่างทอง
        อำนาจเจริญ อุดรธานี อุตรดิตถ์ อุทัยธานี อุบลราชธานี
    """,
}
PHRASES = {
    "digits, Latin, Thai": ["", "1", "10 ปี", "2", "a", "Az", "b", "e", "é", "Z", "ก", "กก"],
    "people with surnames": ["สม ใจดี", "สม แสงทอง", "สมใจ กล้าหาญ", "สมใจ ดี", "สมชาย กก"],
    "repetition and abbreviation": ["กรุงเทพ", "กรุงเทพฯ", "กรุงเทพมหานคร", "ต่าง", "ต่าง ๆ", "ต่างหาก"],
}
DICTIONARY = {name: words.split() for name, words in WORDS.items()} | PHRASES


@pytest.mark.parametrize("listed", DICTIONARY.values(), ids=DICTIONARY)
def test_names_stand_as_in_the_dictionary(listed):
    shuffled = listed[:]
    random.Random(7).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == listed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("๑๒", "12"),
        ("SOMCHAI", "somchai"),
        ("แก้ว", "เเก้ว"),
        ("น้ำ", "นํ้า"),
        ("น้ำ", "น้ํา"),
        ("นี้", "น้ี"),
        ("น.ส. สุดา", "นส สุดา"),
        ("สม-ศรี", "สมศรี"),
    ],
)
def test_names_that_look_alike_stand_side_by_side(one, other):
    assert sort_key(one).split("\t")[:2] == sort_key(other).split("\t")[:2]
    assert sort_key(one) != sort_key(other)


def test_what_cannot_be_seen_does_not_move_a_name():
    assert sort_key("\ufeffสม\u200bชาย\u00a0 ใจดี\x00 ") == sort_key("สมชาย ใจดี")
    assert sort_key("e\u0301") == sort_key("\u00e9")


def letter_by_letter(one, other):
    """The dictionary's rule for two words of Thai letters, followed as a person follows it."""
    return compare(spelled(one), spelled(other)) or compare(marked(one), marked(other)) or compare(one, other)


def compare(one, other):
    return (one > other) - (one < other)


def spelled(word):
    letters = [letter for letter in word if letter not in "็่้๊๋์"]
    place = 0
    while place < len(letters) - 1:
        if letters[place] in "เแโใไ" and "ก" <= letters[place + 1] <= "ฮ":
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
            place += 1
        place += 1
    return letters


def marked(word):
    """For every letter in turn, the marks it carries (counted where the letter is spelled)."""
    order = []
    marks = {}
    for letter in word:
        if letter in "็่้๊๋์":
            marks.setdefault(len(order) - 1, []).append(letter)
        else:
            order.append(letter)
    return [marks.get(place, []) for place in range(len(order))]


@given(st.lists(thai_words, min_size=2, max_size=8, unique=True))
def test_keys_agree_with_the_rule_followed_letter_by_letter(words):
    assert sorted(words, key=sort_key) == sorted(words, key=cmp_to_key(letter_by_letter))


@given(names, names)
def test_different_names_never_share_a_place(one, other):
    same_text = unicodedata.normalize("NFC", tidy(one)) == unicodedata.normalize("NFC", tidy(other))
    assert (sort_key(one) == sort_key(other)) == same_text


@given(st.lists(names))
def test_the_databases_byte_order_is_the_order_of_the_keys(texts):
    keys = [sort_key(text) for text in texts]
    assert sorted(keys) == sorted(keys, key=lambda key: key.encode())


@given(thai_words, thai_words)
def test_a_word_stands_before_its_continuations(word, more):
    assert sort_key(word) < sort_key(word + " " + more)


@pytest.mark.parametrize("text", ["ก้", "เ", "a\u0301", "\ufb03", "\U0001d400", "\u0e4d\u0e32", "\U0001f600", " ก"])
def test_a_key_fits_its_column_and_an_index_page_however_long_the_name(text):
    key = sort_key(text * 1000)
    assert len(key) <= SORT_KEY_LENGTH
    assert len(key.encode()) < 2704


def test_a_name_without_marks_costs_no_second_level():
    assert sort_key("กมล") == "กมล\t\tกมล"


@pytest.mark.django_db
def test_postgresql_lists_names_as_the_dictionary_does():
    names = DICTIONARY["provinces"]
    shuffled = random.Random(7).sample(names, len(names))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[], %s::text[]) AS listed (name, sort_key) "
            'ORDER BY sort_key COLLATE "C"',
            [shuffled, [sort_key(name) for name in shuffled]],
        )
        assert [name for (name,) in cursor.fetchall()] == names
