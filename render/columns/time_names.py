"""What times are called in the languages of the readers: in the names of columns, months, weekdays."""

from render.columns.names import words_of

YEAR = words_of(
    "year yr yyyy jahr annee ano anio anno jaar fy",
    parts="年",
)
QUARTER = words_of(
    "quarter qtr quartal trimestre trimestral kwartaal",
    ends="quartal",
    parts="四半期 季度",
)
MONTH = words_of(
    "month yyyymm yearmonth ym monat mois mes mese maand mth mon",
    ends="monat",
    parts="月",
)
END = words_of("end ends ending ended ende bis fin final fine", parts="末")
PERIOD = words_of("period periods periode perioden periodo periodos", parts="期間")
WEEK = words_of(
    "week wk kw kalenderwoche woche semaine semana settimana isoweek yearweek yw cw weeknum weekofyear",
    ends="woche",
    parts="週 周",
)
DAY = words_of(
    "date day yyyymmdd ymd dt datum tag jour dia fecha giorno dag",
    ends="datum",
    parts="日",
)
HOUR = words_of(
    "hour hr hh stunde heure hora ora uur",
    ends="stunde",
    parts="時 时",
)
WEEKDAY = words_of(
    "weekday dow dayofweek wochentag wday",
    ends="wochentag",
    parts="曜日 星期",
)
MOMENT = words_of(
    "time timestamp ts epoch unix unixtime unixtimestamp datetime at moment zeit zeitpunkt zeitstempel"
    " created updated modified occurred logged seen ms",
    ends="zeitstempel",
    parts="時刻 时间",
)
FISCAL = words_of(
    "academic season schuljahr saison fiscal fy fiscalyear geschaftsjahr geschaeftsjahr wirtschaftsjahr"
    " exercice ejercicio esercizio boekjaar fp",
    ends="geschaftsjahr geschaeftsjahr wirtschaftsjahr",
    parts="会計 財年 财年 年度",
)
PERIODS = words_of(
    "years quarters months weeks days jahre quartale monate wochen tage annees mois semaines jours meses"
)
PLANNED = words_of(
    "due maturity matures maturing expiry expires expiration scheduled schedule planned deadline renewal"
    " renews installment instalment amortization amortisation forecast forecasts fallig falligkeit"
    " faelligkeit ablauf prognose echeance echeancier prevision previsions vencimiento vencimento scadenza"
    " vervaldatum vervaldag",
    ends="fallig falligkeit faelligkeit ablauf",
    parts="期限 期日 満期 到期",
)
"""What stands in a calendar before it comes: due dates, maturities."""
COHORT = words_of(
    "cohort cohorts kohorte kohorten cohorte cohortes coorte coorti vintage", ends="kohorte", parts="コホート"
)
"""A group that begins together, which then is told by its age."""
SINCE = words_of("since after seit depuis desde dopo sinds")
WHICH = words_of("per this last next current prior previous each by in")


def _calendar(*names: str) -> dict[str, int]:
    return {name: at for at, each in enumerate(names, start=1) for name in each.split()}


MONTH_NAMES = _calendar(
    "january jan januar janvier janv enero ene janeiro gennaio gen januari",
    "february feb februar februari fevrier fevr fev febrero fevereiro febbraio febr",
    "march mar marz maerz mrz mars marzo marco maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maio maggio mag mei",
    "june jun juni juin junio junho giugno giu",
    "july jul juli juillet juil julio julho luglio lug",
    "august aug aout agosto ago augustus",
    "september sep sept septembre septiembre setembro set settembre",
    "october oct oktober okt octobre octubre outubro out ottobre ott",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre diciembre dic dezembro dicembre",
)
WEEKDAY_NAMES = _calendar(
    "monday mon montag mo lundi lun lunes segunda lunedi maandag ma 月 月曜 月曜日 星期一 周一",
    "tuesday tue tues dienstag di mardi mar martes terca martedi dinsdag 火 火曜 火曜日 星期二 周二",
    "wednesday wed mittwoch mi mercredi mer miercoles mie quarta mercoledi woensdag wo 水 水曜 水曜日 星期三"
    " 周三",
    "thursday thu thur thurs donnerstag do jeudi jeu jueves jue quinta giovedi gio donderdag 木 木曜 木曜日"
    " 星期四 周四",
    "friday fri freitag fr vendredi ven viernes vie sexta venerdi vrijdag vr 金 金曜 金曜日 星期五 周五",
    "saturday sat samstag sa sonnabend samedi sam sabado sab sabato zaterdag za 土 土曜 土曜日 星期六 周六",
    "sunday sun sonntag so dimanche dim domingo dom domenica zondag zo 日 日曜 日曜日 星期日 星期天 周日",
)
