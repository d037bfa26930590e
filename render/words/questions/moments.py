"""Words that people write of hours, minutes, now and the newest, in the languages of the readers.

Those of `render.words.small_talk`. A question with one of them has another answer soon; a word too many costs
a token, and one too few an answer that is some minutes old. What says the last month as well as the latest
order is not among them: `last`, `letzte`, `dernier`, `senaste`, `последний`, `最近`.
"""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


MOMENTS = _words(
    "now hour hours hourly minute minutes minutely second seconds moment",
    "clock oclock instant intraday live realtime current currently latest newest recent recently presently",
    "jetzt gerade eben bisher",
    "uhr std stunde stunden stündlich minuten sekunde sekunden",
    "maintenant actuel actuelle actuels actuelles actuellement récent récente récents récentes récemment",
    "heure heures horaire seconde secondes",
    "ahora ahorita actual actuales actualmente reciente recientes recientemente recién momento instante",
    "hora horas minuto minutos segundo segundos",
    "agora atual atuais atualmente recente recentes recentemente",
    "adesso attuale attuali attualmente corrente correnti recenti ora ore orario minuti secondi",
    "nu momenteel zojuist actueel actuele uur uren minuut seconde",
    "nyeste nyaste nuværende nåværende nuvarande gjeldende nylig nyligt nyligen nyss",
    "klokken klockan nå timer timen timme timmar minut minutter minutt minuter",
    "nyt uusin uusimmat uusimman tuorein tuoreimmat tunti tunnin tuntia minuutti minuutin minuuttia",
    "teraz niedawno godzina godziny godzin godzinę minuty minuta",
    "teď nyní právě práve hodina hodiny hodin hodinu",
    "sada zdaj sati sata acum oră actuală actuali",
    "curent curentă curente curenți recentă recente",
    "mostani éppen óra órában órás perc percben",
    "şimdi güncel anlık mevcut canlı saat saatte saatlik dakika",
    "τώρα ώρα ώρες λεπτό λεπτά",
    "сейчас недавно ч мин полчаса час часа часов минут минуты минута минуту",
    "зараз щойно нещодавно годину година години годин хвилин хвилини",
    "сега наскоро часове минути",
    "giờ phút tiếng sekarang kini terbaru terkini jam menit",
)
BEGINNINGS = (
    *("aktuel", "neuest", "jüngst", "momentan", "derzeit", "gegenwärtig", "nieuwst", "huidig"),
    *("nykyi", "nykyhet", "viimeisin", "viimeisim", "reaaliai", "legújabb", "legfrissebb", "legutóbbi"),
    *("bieżąc", "obecn", "najnowsz", "aktuáln", "současn", "súčasn", "nejnovějš", "najnovš", "momentáln"),
    *("trenutn", "trenutačn", "najnovij", "najnovejš", "aktualn", "aktuális", "jelenleg"),
    *("τρέχ", "πρόσφατ", "νεότερ"),
    *("текущ", "актуальн", "нынешн", "новейш", "поточн", "нинішн", "найновіш", "актуалн", "сегашн"),
)
"""With which words begin whose ends change."""
UNSPACED_MOMENTS = (
    *("real time", "real-time", "so far", "up to date", " at present", "temps réel", " en cours"),
    *(" en direct", "tiempo real", " en curso", " en vivo", "tempo real", " em curso", " in corso"),
    *("op dit moment", "i øjeblikket", "for øyeblikket", "för närvarande", "tällä hetkellä", "na żywo"),
    *("în prezent", "cel mai nou", "cea mai nouă", "şu an", " en son ", " en yeni ", "αυτή τη στιγμή"),
    *("настоящее время", "данный момент", "цей момент", "в момента", "най-нов"),
    *("saat ini", "hiện tại", "hiện nay", "lúc này", "mới nhất", "gần đây nhất", "thời gian thực"),
    *("지금", "현재", "방금", "시간", "분 ", "최신", "실시간", "가장 최근", "현시점"),
    *("今すぐ", "今の", "今何", "いますぐ", "いまの", "いま何", "たった今", "現在", "現時点", "最新"),
    *("時間", "分間", "分前", "リアルタイム"),
    *("现在", "現有", "现有", "小时", "小時", "分钟", "分鐘", "刚才", "剛才", "目前", "此刻", "实时"),
    *("刚刚", "剛剛", "即時", "即时", "当前", "當前"),
)
"""Anywhere in a question: phrases, and words of languages without spaces between them."""
