"""What the school calls its courses, their work and their groups."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CourseTexts:
    """The words of one course."""

    slug: str  #: its id at LearnWorlds
    title: str
    category: str
    assessments: tuple[str, ...] = ()  #: titles, in the order of the items
    tasks: tuple[str, ...] = ()  #: titles of the tasks to practise on, one for each item
    groups: tuple[str, ...] = ()  #: of the morning, and of the evening


_WORDINGS = {
    ("AAA", "2013J"): CourseTexts(
        slug="sociedad-y-datos-2013",
        title="Sociedad y datos",
        category="Ciencias Sociales",
        assessments=(
            "Ensayo 1: ¿Qué cuenta una encuesta?",
            "Ensayo 2: La ciudad en cifras",
            "Ensayo 3: Trabajo y tiempo",
            "Ensayo 4: Quién falta en los datos",
            "Ensayo 5: Proyecto de barrio",
            "Examen final",
        ),
        tasks=(
            "Práctica: preguntas",
            "Práctica: mapas",
            "Práctica: horarios",
            "Práctica: muestras",
            "Práctica: entrevistas",
            "Práctica: repaso",
        ),
        groups=("Grupo de mañana", "Grupo de tarde"),
    ),
    ("AAA", "2014J"): CourseTexts(
        slug="obshchestvo-i-dannye-2014",
        title="Общество и данные",
        category="Общественные науки",
        assessments=(
            "Эссе 1. О чём говорит опрос?",
            "Эссе 2. Город в цифрах",
            "Эссе 3. Труд и время",
            "Эссе 4. Кого нет в данных",
            "Эссе 5. Проект о районе",
            "Итоговый экзамен",
        ),
        tasks=(
            "Тренировка: вопросы",
            "Тренировка: карты",
            "Тренировка: расписания",
            "Тренировка: выборки",
            "Тренировка: интервью",
            "Тренировка: повторение",
        ),
        groups=("Утренняя группа", "Вечерняя группа"),
    ),
}
#: The course that nobody has joined yet.
EMPTY_COURSE = CourseTexts(
    slug="statistika-2015", title="სტატისტიკის საფუძვლები", category="სტატისტიკა"
)


def wording_of(module: str, presentation: str) -> CourseTexts:
    """Return the words of a presentation; a module that the school does not teach has its codes."""
    own = CourseTexts(
        slug=f"{module}-{presentation}".lower(),
        title=f"{module} {presentation}",
        category=module,
    )
    return _WORDINGS.get((module, presentation), own)
