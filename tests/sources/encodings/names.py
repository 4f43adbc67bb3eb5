"""Names of people as a school writes them, by language, and the encodings of their files."""

NAMES = {
    "Spanish": """Ana Núñez,Iván Peña,José Muñoz,María Gómez,Sofía Jiménez,Raúl Ibáñez,Begoña Ruiz,
        Martín López,Inés Díaz,Óscar Álvarez""",
    "German": """Jürgen Müller,Jörg Schäfer,Käthe Weiß,Günther Groß,Bärbel Köhler,Sören Böhm,
        Heinz Krüger,Ute Strauß,Max Schröder,Änne Jäger""",
    "French": """Zoë Lefèvre,François Gérard,Hélène Béranger,Anaïs Lagrée,Benoît Côté,Noémie Dubois,
        Chloé Müller,André Rivière,Jérôme Hébert,Maël Prévost""",
    "Portuguese": """João Gonçalves,Conceição Simões,Inês Magalhães,Antônio Araújo,Luís Falcão,
        Sebastião Brandão,Mônica Assunção,Vitória Leitão,Estêvão Guimarães,Zélia Paixão""",
    "Russian": """Анна Иванова,Иван Петров,Мария Смирнова,Пётр Кузнецов,Ольга Щукина,
        Дмитрий Соколов,Юлия Попова,Алексей Лебедев,Наталья Ёлкина,Сергей Жуков""",
    "Ukrainian": """Олексій Шевченко,Юлія Бойко,Андрій Ткаченко,Наталія Кравченко,Ірина Їжак,
        Євген Мельник,Сергій Ковальчук,Дмитро Гриценко,Олена Лисенко,Вікторія Поліщук""",
    "Polish": """Łukasz Wójcik,Małgorzata Dąbrowska,Paweł Kamiński,Agnieszka Wiśniewska,
        Grażyna Zając,Michał Jabłoński,Stanisław Woźniak,Elżbieta Król,Jędrzej Piątek,Żaneta Łęcka""",
    "Czech": """Jiří Dvořák,Tomáš Němec,Lenka Černá,Ondřej Růžička,Zdeněk Kučera,Kateřina Veselá,
        Miloš Říha,Věra Šťastná,Jaromír Bednář,Eliška Krejčí""",
    "Turkish": """Ayşe Yılmaz,Mehmet Şahin,Gökhan Çelik,Işıl Öztürk,Çağla Güneş,İbrahim Doğan,
        Özge Aydın,Uğur Kılıç,Tuğba Şimşek,Selçuk Yıldız""",
}
WEST = ("windows-1252", "iso-8859-15", "mac-roman", "cp850")
ENCODINGS = {
    "Spanish": WEST,
    "German": WEST,
    "French": WEST,
    "Portuguese": ("windows-1252", "mac-roman"),
    "Russian": ("windows-1251", "koi8-r", "cp866", "mac-cyrillic", "iso-8859-5"),
    "Ukrainian": ("windows-1251", "koi8-u", "mac-cyrillic"),
    "Polish": ("windows-1250", "iso-8859-2"),
    "Czech": ("windows-1250", "iso-8859-2"),
    "Turkish": ("windows-1254",),
}
#: Every language with every encoding that files in it come in.
WRITTEN = [(language, encoding) for language, names in ENCODINGS.items() for encoding in names]


def people(language: str) -> list[str]:
    """Return the ten names of a language."""
    return [" ".join(name.split()) for name in NAMES[language].split(",")]


def as_csv(names: list[str]) -> str:
    """Return learners as a spreadsheet writes them: most of it is ASCII."""
    lines = [f"{n};{name};u{n}@example.org;2024-01-08\r\n" for n, name in enumerate(names, 101)]
    return "id;name;email;joined\r\n" + "".join(lines)
