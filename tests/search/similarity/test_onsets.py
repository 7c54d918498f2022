"""Thai, Lao and Burmese read in the order and with the sounds of today's speech."""

import pytest

from ipregister.search.similarity.names import forms


@pytest.mark.parametrize(("name", "read"), [
    ("แกร็บ", "kraeb"), ("แกรนด์", "kraend"), ("เกรซ", "kres"), ("โปรเทค", "protek"), ("เบรฟ", "bref"), ("เพลง", "pleng"),
    ("เกลือ", "kluea"), ("แปลก", "plaek"), ("ไกรทอง", "kraitong"), ("โปรตีน", "protin"), ("เปรี้ยว", "priaw"),
    ("ไพรม์ไทม์", "praimtaim"), ("ใกล้", "klai"), ("แขวง", "kwaeng"), ("กรุง", "krung"), ("พระ", "pra"),
    ("ແກຣັບ", "kraeb"), ("ໂປຣ", "pro"), ("ແກຣນ", "kraen"), ("ໂປຣເທັກ", "protek"), ("ໂປຣຕີນ", "protin"), ("ໄກລ", "klai"),
])  # fmt: skip
def test_two_consonants_after_a_leading_vowel_begin_the_syllable(name: str, read: str) -> None:
    assert forms(name).spoken == read


@pytest.mark.parametrize(("name", "read"), [
    ("เพล", "pel"), ("โบลตัน", "boltan"), ("เดลฟี", "delfi"), ("เบลเยียม", "belyiam"), ("โกลด์", "kold"), ("แคร์", "kaer"),
    ("โคราช", "korach"), ("เปรู", "peru"), ("แคริบเบียน", "kaeribbian"), ("แครอท", "kaerot"), ("โบราณ", "boran"),
    ("โคลัมโบ", "kolambo"), ("เบอร์", "boer"), ("ໂບລິເວຍ", "boliwia"), ("ເປຣູ", "peru"), ("ໂຄລົມເບຍ", "kolombia"),
])  # fmt: skip
def test_the_second_consonant_closes_the_syllable_or_begins_the_next(name: str, read: str) -> None:
    assert forms(name).spoken == read


@pytest.mark.parametrize(("name", "read"), [
    ("ရွှေ", "shwe"), ("မြ", "mya"), ("ရန်ကုန်", "yangon"), ("လက်ဖက်", "lahpet"), ("မြန်မာ", "myanmar"), ("ပြည်", "pyi"),
    ("မန္တလေး", "mandalay"), ("ရွှေတောင်", "shwetaung"), ("အောင်", "aung"), ("ကျော်", "kyaw"), ("ပဲခူး", "bago"),
    ("မာရန်ဂို", "marango"), ("ဩစတြေးလျ", "osatrelya"),  # r of loan words
])  # fmt: skip
def test_burmese_is_read_as_names_are_customarily_written(name: str, read: str) -> None:
    assert forms(name).spoken == read
