"""Pictures of tables with odd cells: long texts, other scripts, every type, codes, units, hostile data."""

from bench.gallery.case import Case, Found

CUSTOMERS = Found(
    "Customers",
    ("name STRING", "city STRING", "orders LONG"),
    [
        ("株式会社山田商店", "大阪", 91),
        ("شركة النور", "القاهرة", 45),
        ("חברת אור", "תל אביב", 38),
        ("บริษัท สยาม", "กรุงเทพ", 27),
        ("Ñandú & Œuvre", "Asunción", 12),
        ("Team 🚀👩‍💻", "Remote 🌍", 7),
    ],
)
PRODUCTS = Found(
    "Performance",
    (
        "product STRING",
        "price_eur DECIMAL(10,2)",
        "margin_pct DOUBLE",
        "weight_kg DOUBLE",
        "load_time_ms LONG",
        "return_rate DOUBLE",
    ),
    [
        ("Desk", 899, 31.25, 42.5, 1240, 0.021),
        ("Chair", 349.9, 44.1, 17.25, 980, 0.0345),
        ("Lamp", 59.95, 52, 1.1, 1105, 0.008),
    ],
)
CASES = (
    Case(
        "long-text",
        "What do people complain about?",
        "Long texts are shortened, said so, and whole in the file.",
        Found(
            "Complaints",
            ("ticket STRING", "opened DATE", "complaint STRING"),
            [
                (
                    f"T-{900 + n}",
                    f"2026-11-{n + 1:02}",
                    (
                        "The parcel arrived late and the box was open on one side. "
                        "I wrote twice and nobody answered, which I find disappointing after so many years. "
                    )
                    * (n + 1),
                )
                for n in range(5)
            ],
            says="Most complaints are about **late parcels**.",
        ),
    ),
    Case(
        "scripts",
        "Customers by name in their own script",
        "Chinese, Arabic, Hebrew, Thai, emoji: aligned.",
        CUSTOMERS,
    ),
    Case(
        "types",
        "One row of each type",
        "Dates, times, intervals, structures, binary: as people write them.",
        Found(
            "Types",
            (
                "day DATE",
                "moment TIMESTAMP",
                "local TIMESTAMP_NTZ",
                "flag BOOLEAN",
                "ratio DOUBLE",
                "tags ARRAY",
                "address STRUCT",
                "age INTERVAL",
                "hash BINARY",
                "tiny DOUBLE",
                "huge DOUBLE",
            ),
            [
                (
                    "2026-03-12",
                    "2026-03-12T14:05:00.000Z",
                    "2026-03-12T14:05:00.000",
                    True,
                    0.25,
                    '["a", "b"]',
                    '{"city": "Berlin", "zip": "01067"}',
                    "INTERVAL '3-2' YEAR TO MONTH",
                    "3q2+7w==",
                    1.2e-9,
                    6.02e23,
                ),
                (
                    "1999-12-31",
                    "2026-11-01T00:00:00.000Z",
                    "2026-11-01T08:30:15.000",
                    False,
                    1.5,
                    "[]",
                    "{}",
                    "INTERVAL '2 03:04:05' DAY TO SECOND",
                    "",
                    0.0,
                    -1e15,
                ),
            ],
        ),
    ),
    Case(
        "codes",
        "Articles with their codes",
        "Codes stay as they are: zeros, years, zips, phones, IBANs.",
        Found(
            "Articles",
            ("article_no STRING", "ean LONG", "year INT", "zip STRING", "iban STRING", "stock LONG"),
            [
                ("00123", 4006381333931, 2026, "01067", "DE89370400440532013000", 12_400),
                ("00124", 4006381333948, 2025, "10115", "GB29NWBK60161331926819", 380),
                ("01000", 4006381333955, 2024, "99084", "FR1420041010050500013M02606", 5),
            ],
        ),
    ),
    Case(
        "units",
        "Product performance",
        "Units from the names: euros, percent, kilograms, milliseconds.",
        PRODUCTS,
    ),
    Case(
        "hostile",
        "Show the notes of our customers",
        "Hostile data is only text: no mention, link or formula lives.",
        Found(
            "<!channel> *Notes*",
            ("<!here> name STRING", "note STRING", "note STRING", " STRING"),
            [
                (
                    "<@U0ADA00001>",
                    "<https://evil.example|bank.com>",
                    '=HYPERLINK("https://evil.example")',
                    "x",
                ),
                ("@channel", "[bank.com](https://evil.example)", "```\n<!channel>\n```", "+1+1"),
                ("\u202egnp.exe", "<script>alert(1)</script>", "*bold* _it_ ~no~ `code`", "a\u200bb"),
                ("Z" + "\u0301" * 30, "&lt;!channel&gt;", ":smile:", None),
            ],
            says="<!channel> [bank.com](https://evil.example) <@U0ADA00001> says **hi**.",
            how="`<!here>` and <https://evil.example|this>.",
            next=("<!channel> and now?", "*bold* question?"),
        ),
    ),
    Case(
        "same-names",
        "Join of two tables",
        "The same name twice and an empty one: each column has a head.",
        Found(
            "Join",
            ("id LONG", "name STRING", "id LONG", "name STRING", " DOUBLE"),
            [(1, "Desk", 10, "Furniture", 1.5), (2, "Lamp", 11, "Lighting", 2)],
        ),
    ),
)
