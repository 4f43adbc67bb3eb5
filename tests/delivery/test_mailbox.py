"""Mail addresses: which are taken, and in which form."""

import pytest

from gradeline.delivery.mailbox import Mailbox, read_mailbox


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("ana@school.example", "ana@school.example", ""),
        ("  Ana.Diaz+x@School.EXAMPLE ", "Ana.Diaz+x@school.example", ""),
        ("Ana Díaz <ana@school.example>", "ana@school.example", "Ana Díaz"),
        ('"Díaz, Ana" <ana@school.example>', "ana@school.example", "Díaz, Ana"),
        ("ana@школа.рф", "ana@xn--80atdl2c.xn--p1ai", ""),
        ("root@localhost", "root@localhost", ""),
    ],
)
def test_one_address_is_read_in_each_of_its_forms(text, address, name):
    """The domain becomes ASCII in lower case; what stands before the @ stays as it is."""
    assert read_mailbox(text) == Mailbox(address=address, name=name)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "ana",
            "@school.example",
            "ana@",
            "ana@@x.example",
            "a b@x.example",
            "ana@x..example",
        ),
        *("ana@x.example,olga@x.example", "ana@x.example; olga@x.example", "ana@-x.example"),
        *("ana@x.example\r\nBcc: eve@evil.example", "ana@x.example\x00", "<ana@x.example> x"),
        *("аня@school.example", f"{'a' * 65}@school.example", ".ana@x.example", "ana.@x.example"),
        *("ana@x.example SIZE=1", "<ana@x.example>>", "ana@[127.0.0.1]", "ana@x_y.example"),
    ],
)
def test_what_is_not_one_address_is_refused(text):
    """Two addresses, none, a line break, a parameter of SMTP: none of it goes to a server."""
    with pytest.raises(ValueError, match=r"^(it|only|what) "):
        read_mailbox(text)
