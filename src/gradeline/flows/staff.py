"""Staff: people are added, given groups, and become the principals they are."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from gradeline.access.permissions import Role
from gradeline.access.principals import Principal, Scope
from gradeline.base.errors import NotAllowed, WrongUse
from gradeline.base.languages import language as language_of
from gradeline.records.ids import normalize_email, normalize_id
from gradeline.records.recipients import Recipient
from gradeline.records.staff import NewStaffMember, StaffMember
from gradeline.warehouse import Connection, staff

#: The roles that a person of the staff may have.
STAFF_ROLES = (Role.ADMIN, Role.CURATOR, Role.READER)
_COLUMNS = ("login", "email", "chat", "role", "language", "groups")
_BETWEEN_GROUPS = ";"
_LS = "`gradeline staff ls` lists everybody."


def add_member(connection: Connection, wanted: NewStaffMember, language: str) -> StaffMember:
    """Add a person, or change the one who has that login, e-mail or chat.

    Args:
        connection: whose transaction it is.
        wanted: groups by their ids or names; an empty role or language stays as it was.
        language: of a new person, who is a curator, unless `wanted` says otherwise.

    Raises:
        WrongUse: nothing names the person or two people have these names, a wrong role or
            language, or groups that do not exist or that the role does not look after.
    """
    named = _named(wanted)
    known = staff.find(connection, login=named.login, email=named.email, chat=named.chat)
    if len(known) > 1:
        names = " and ".join(map(str, known))
        raise WrongUse(
            f"These are two people of the staff: {names}.",
            hint="Add each of them with their own login, e-mail and chat.",
        )
    old_role, old_language = (
        (known[0].role, known[0].language) if known else (Role.CURATOR.value, language)
    )
    whole = replace(named, role=named.role or old_role, language=named.language or old_language)
    member = _checked(connection, whole)
    if not known:
        staff.insert(connection, member)
    else:
        staff_id = known[0].staff_id
        staff.update(connection, staff_id, member)
        if member.role != Role.CURATOR:
            staff.revoke_groups(connection, staff_id, known[0].groups)
    return staff.find(connection, login=member.login, email=member.email, chat=member.chat)[0]


def import_members(
    connection: Connection, path: Path, *, language: str, added_by: str
) -> list[StaffMember]:
    """Add the people of a CSV file, all or none.

    Args:
        connection: whose transaction it is.
        path: with a header of some of login, email, chat, role, language, groups; groups are
            separated by `;`.
        language: of new people whose line gives none.
        added_by: who imports them.

    Raises:
        WrongUse: the file cannot be read, or a line of it is wrong; names the line.
    """
    added = []
    for line, row in _rows(path):
        wanted = NewStaffMember(
            login=row.get("login"),
            email=row.get("email"),
            chat=row.get("chat"),
            role=row.get("role") or "",
            language=row.get("language") or "",
            groups=tuple(filter(None, (row.get("groups") or "").split(_BETWEEN_GROUPS))),
            added_by=added_by,
        )
        try:
            added.append(add_member(connection, wanted, language))
        except WrongUse as error:
            raise WrongUse(f"{path.name}, line {line}: {error.what}", hint=error.hint) from error
    return added


def grant_groups(connection: Connection, name: str, groups: Collection[str]) -> StaffMember:
    """Give a curator groups, by their ids or names.

    Raises:
        WrongUse: no such person or group, or the person is no curator.
    """
    member = find_member(connection, name)
    if member.role != Role.CURATOR:
        raise WrongUse(
            f"{member} is {member.role}; groups belong to curators.",
            hint=f"`gradeline staff add {name} --role curator` makes them one.",
        )
    staff.grant_groups(connection, member.staff_id, find_groups(connection, groups))
    return find_member(connection, name)


def revoke_groups(connection: Connection, name: str, groups: Collection[str]) -> StaffMember:
    """Take groups from a person, by ids (of groups that are gone, too) or names.

    Raises:
        WrongUse: no such person or group, or the person was not given one of them.
    """
    member = find_member(connection, name)
    theirs = frozenset(member.groups)
    ids = [each if each in theirs else _find_group(connection, each) for each in groups]
    foreign = [each for each in ids if each not in theirs]
    if foreign:
        raise WrongUse(
            f"{member} was not given {', '.join(foreign)}.",
            hint="A group that groups.csv gives is taken away there. " + _LS,
        )
    staff.revoke_groups(connection, member.staff_id, ids)
    return find_member(connection, name)


def remove_member(connection: Connection, name: str) -> StaffMember:
    """Remove a person with all their rights.

    Raises:
        WrongUse: no such person.
    """
    member = find_member(connection, name)
    staff.remove(connection, member.staff_id)
    return member


def find_member(connection: Connection, name: str) -> StaffMember:
    """Return the person who has that login, e-mail or chat.

    Raises:
        WrongUse: nobody has, or several people.
    """
    email = normalize_email(name)
    found = staff.find(connection, login=email, email=email, chat=normalize_id(name))
    if len(found) != 1:
        several = f"{len(found)} people of the staff have the name {name}."
        raise WrongUse(several if found else f"Nobody of the staff is called {name}.", hint=_LS)
    return found[0]


def find_groups(connection: Connection, named: Collection[str]) -> tuple[str, ...]:
    """Return the ids of groups named by id or name.

    Raises:
        WrongUse: one does not exist, or several have its name.
    """
    return tuple(_find_group(connection, each) for each in named)


def _find_group(connection: Connection, named: str) -> str:
    name, known = normalize_id(named), staff.groups(connection)
    by_id = [each.group_id for each in known if each.group_id == name]
    by_name = [each.group_id for each in known if each.name == name]
    found = by_id or by_name
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongUse(
            f"Several groups are called {named}.", hint=f"Take an id: {', '.join(found)}."
        )
    words = {word: each.group_id for each in known for word in (each.group_id, each.name or "")}
    near = difflib.get_close_matches(name, words, n=3)
    hint = f"Did you mean {', '.join(near)}?" if near else "A run must have read groups first."
    raise WrongUse(f"There is no group {named}.", hint=hint)


def groups_of(connection: Connection, member: StaffMember, today: date) -> frozenset[str]:
    """Return the ids of the groups a curator looks after: given by a command, or taught."""
    if member.role != Role.CURATOR:
        return frozenset()
    taught = staff.taught(connection, member.email, today) if member.email else ()
    return frozenset((*member.groups, *taught))


def principal_of(connection: Connection, member: StaffMember, today: date) -> Principal:
    """Return the principal that a person of the staff is on a school day."""
    return Principal(
        role=Role(member.role),
        groups=groups_of(connection, member, today),
        staff_id=member.staff_id,
    )


def with_present_rights(connection: Connection, principal: Principal, today: date) -> Principal:
    """Return a principal of some time ago as it is today; one not of the staff is as it was.

    Raises:
        NotAllowed: the person is not of the staff any more.
    """
    if principal.staff_id is None:
        return principal
    known = (one for one in staff.ls(connection) if one.staff_id == principal.staff_id)
    member = next(known, None)
    if member is None:
        raise NotAllowed(f"{principal.login} is not of the staff any more.")
    present = principal_of(connection, member, today)
    return replace(present, login=principal.login, granted=principal.granted)


def _named(wanted: NewStaffMember) -> NewStaffMember:
    """Return a person with normalised names."""
    member = replace(
        wanted,
        login=normalize_email(wanted.login or "") or None,
        email=normalize_email(wanted.email or "") or None,
        chat=normalize_id(wanted.chat or "") or None,
    )
    if not str(member):
        raise WrongUse(
            "Nothing names this person.", hint="Give a login, an e-mail or the id of a chat."
        )
    wrong = next((name for name in _names(member) if not name.isprintable()), "")
    if wrong:
        raise WrongUse(
            f"{wrong!r} names nobody: it has line breaks or signs that nobody sees.",
            hint="Type it again.",
        )
    if member.email and "@" not in member.email:
        raise WrongUse(f"{member.email} is not an e-mail.", hint="A login is not given as one.")
    return member


def _names(member: NewStaffMember) -> Iterator[str]:
    yield from filter(None, (member.login, member.email, member.chat))


def _checked(connection: Connection, member: NewStaffMember) -> NewStaffMember:
    """Return a person with the ids of groups."""
    if member.role not in STAFF_ROLES:
        known = ", ".join(STAFF_ROLES)
        raise WrongUse(f"There is no role {member.role}.", hint=f"Roles: {known}.")
    if member.groups and member.role != Role.CURATOR:
        raise WrongUse(f"Groups belong to curators, not to {member.role}s.", hint="Leave them out.")
    language_of(member.language)
    return replace(member, groups=find_groups(connection, member.groups))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Yield the lines of a CSV file that hold something, with their numbers."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, skipinitialspace=True)
            _check_header(path, reader.fieldnames or ())
            for row in reader:
                if None in row:
                    raise WrongUse(
                        f"{path.name}, line {reader.line_num}: more cells than the header has.",
                        hint='Put a cell with commas between quotes: "a, b".',
                    )
                if any(row.values()):
                    yield reader.line_num, {name.strip(): cell for name, cell in row.items()}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise WrongUse(
            f"{path} cannot be read: {error}", hint="It must be a CSV file in UTF-8."
        ) from error


def _check_header(path: Path, names: Sequence[str]) -> None:
    unknown = [name for name in names if name.strip() not in _COLUMNS]
    if unknown or not names:
        raise WrongUse(
            f"The header of {path.name} has {', '.join(map(repr, unknown)) or 'no columns'}.",
            hint=f"Columns: {', '.join(_COLUMNS)}.",
        )


def find_member_of(connection: Connection, recipient: Recipient) -> StaffMember | None:
    """Return the person of the staff whose groups a recipient gets; None = they are gone."""
    known = (one for one in staff.ls(connection) if one.staff_id == recipient.staff_id)
    return next(known, None)


def find_owner(connection: Connection, login: str) -> int | None:
    """Return the number of the admin of the staff who has that login; None = nobody has."""
    found = staff.find(connection, login=normalize_email(login))
    return next((one.staff_id for one in found if one.role == Role.ADMIN), None)


def why_ended(connection: Connection, recipient: Recipient) -> str:
    """Say why a recipient gets nothing any more, whatever it is; empty = they do.

    Asked are the person whose groups they get and the one who added them.
    """
    if recipient.is_unsubscribed:
        return "They unsubscribed."
    people = {one.staff_id: one for one in staff.ls(connection)}
    if recipient.role == Role.CURATOR and recipient.staff_id not in people:
        return "Whose groups these were is of the staff no more."
    if recipient.owner_id is None:
        return ""
    owner = people.get(recipient.owner_id)
    if owner is None:
        return f"{recipient.added_by}, who added this recipient, is of the staff no more."
    if owner.role != Role.ADMIN:
        return f"{owner}, who added this recipient, is {owner.role} and no admin any more."
    return ""


def principal_of_recipient(connection: Connection, recipient: Recipient, today: date) -> Principal:
    """Return whom a recipient's messages are made for, by the rights of a school day.

    A curator sees the groups that the person of the staff looks after on that day: none, where the
    person is gone, or a curator no more.
    """
    scope = Scope(categories=recipient.categories, courses=recipient.courses)
    if recipient.role != Role.CURATOR:
        groups = frozenset(recipient.groups)
        return Principal(role=Role(recipient.role), scope=scope, groups=groups)
    member = find_member_of(connection, recipient)
    groups = frozenset() if member is None else groups_of(connection, member, today)
    return Principal(role=Role.CURATOR, scope=scope, groups=groups)
