"""Names of the school's people: made up, in the scripts that a school of ours would have.

OULAD names nobody. Who gets which name follows from the person's number alone, so a name says
nothing about the person whose work it stands beside.
"""

from __future__ import annotations

import hashlib

#: Given names and family names that go together.
_NAMES = (
    (
        ("Lucía", "Carmen", "Íñigo", "Mateo", "Nuria", "Álvaro", "Begoña", "Hugo", "Inés", "Raúl"),
        ("García Soto", "Ibáñez", "Muñoz", "Peña Vidal", "Quiroga", "Núñez", "Lozano", "Zabala"),
    ),
    (
        ("Emma", "Oliver", "Zoë", "Callum", "Maeve", "Théo", "Freya", "Anton", "Ingrid", "Noah"),
        ("Ashdown", "O'Leary", "Brøgger", "Whitlock", "Dupré", "Lindqvist", "Harrow", "Möller"),
    ),
    (
        ("Анна", "Мария", "Елена", "Дарья", "Ольга", "Софья", "Алёна", "Ксения", "Вера", "Юлия"),
        ("Соколова", "Лебедева", "Кузьмина", "Орлова", "Журавлёва", "Ильина", "Щукина", "Белова"),
    ),
    (
        ("Иван", "Пётр", "Никита", "Артём", "Семён", "Глеб", "Юрий", "Фёдор", "Тимур", "Лев"),
        ("Соколов", "Лебедев", "Кузьмин", "Орлов", "Журавлёв", "Ильин", "Щукин", "Белов"),
    ),
    (
        ("ნინო", "გიორგი", "თამარ", "ლევან", "მარიამ", "დავით", "ქეთევან", "ზურაბ", "ეკა", "ნიკა"),
        ("ბერიძე", "კაპანაძე", "გელაშვილი", "მაისურაძე", "ლომიძე", "წიკლაური", "ჯაფარიძე"),
    ),
)


def name_of(number: int) -> str:
    """Return the name of the person with that number, equal for equal numbers."""
    luck = hashlib.sha256(f"name {number}".encode()).digest()
    given, family = _NAMES[luck[0] % len(_NAMES)]
    return f"{given[luck[1] % len(given)]} {family[luck[2] % len(family)]}"
