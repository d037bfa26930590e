"""Words that people write of hours, minutes and now, in the languages of the readers.

Those of `render.words.small_talk`. A question with one of them has another answer soon; a word too many costs
a token, and one too few an answer that is some minutes old.
"""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


MOMENTS = _words(
    "now currently hour hours hourly minute minutes minutely second seconds moment",
    "instant intraday live realtime",
    "jetzt gerade eben aktuell aktuelle aktuellen aktueller aktuelles momentan derzeit bisher",
    "stunde stunden stündlich minuten sekunde sekunden",
    "maintenant actuellement heure heures horaire seconde secondes",
    "ahora actualmente momento instante hora horas minuto minutos segundo segundos",
    "agora atualmente adesso attualmente ora ore orario minuti secondi",
    "nu momenteel zojuist uur uren minuut seconde",
    "nå timer timen timme timmar minut minutter minutt minuter",
    "nyt tunti tunnin tuntia minuutti minuutin minuuttia",
    "teraz obecnie aktualnie godzina godziny godzin godzinę minuty minuta",
    "teď nyní hodina hodiny hodin hodinu",
    "momentálně sada trenutno sati sata acum oră jelenleg óra órában órás perc percben",
    "şimdi saat saatte saatlik dakika τώρα ώρα ώρες λεπτό λεπτά",
    "сейчас час часа часов минут минуты минута минуту зараз година години годин хвилин",
    "хвилини сега часове минути",
    "giờ phút sekarang jam menit",
)
UNSPACED_MOMENTS = (
    *("real time", "real-time", "so far", "şu an", "saat ini", "hiện tại"),
    *("지금", "현재", "방금", "시간", "분 "),
    *("今すぐ", "現在", "時間", "分間", "分前", "たった今", "いま"),
    *("现在", "小时", "小時", "分钟", "分鐘", "刚才", "剛才", "目前", "此刻", "实时", "即時"),
)
"""Anywhere in a question: phrases, and words of languages without spaces between them."""
