"""What the name of a column, or of a row, says: the one list of words, in the languages of the readers.

Words are compared without accents; Chinese and Japanese ones stand anywhere in a name, German ones end it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+|[A-ZÀ-ÖØ-Þ]+(?![a-zß-öø-ÿ])|[^\W\d_]+|%")
_ACCENTS = re.compile("[\u0300-\u036f]+")


def folded(text: str) -> str:
    """Return a text in lower case and without accents."""
    text = text.lower()
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))


def name_words(name: str) -> list[str]:
    """Split a column's name into folded words: `orderCount` and `Order count` are the same."""
    return [folded(word) for word in _WORD.findall(unicodedata.normalize("NFC", name))]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one meaning."""

    whole: frozenset[str]
    ends: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    def among(self, names: Sequence[str]) -> bool:
        """Whether one of the words of a name has this meaning."""
        return any(map(self.has, names))

    def has(self, word: str) -> bool:
        """Whether a word has this meaning."""
        return (
            word in self.whole
            or word.endswith(self.ends)
            or (not word.isascii() and any(part in word for part in self.parts))
        )


def words_of(whole: str, ends: str = "", parts: str = "") -> Words:
    """Return words that are written with spaces between them."""
    return Words(frozenset(whole.split()), tuple(ends.split()), tuple(parts.split()))


# What is measured

FLOW = words_of(
    "credits amount amounts revenue revenues sales cost costs spend spent spending turnover count"
    " counts cnt qty quantity quantities volume units orders profit income expense expenses purchases"
    " payments refunds returns discounts taxes fees visits sessions clicks impressions views pageviews"
    " hits requests calls messages emails sends opens errors failures incidents events bookings"
    " reservations signups registrations leads conversions downloads installs transactions shipments"
    " deliveries parcels pieces items trips rides nights admissions discharges visitas hires leavers"
    " terminations responses claims premiums gmv ebitda ebit capex opex cogs kwh mwh gwh consumption"
    " production output emissions savings donations charges umsatz umsatze kosten betrag menge anzahl"
    " erlos erlose stuck bestellungen auftrage verkaufe gewinn ausgaben einnahmen retouren besuche ca"
    " montant ventes vente couts cout quantite nombre commandes commande recettes depenses benefice"
    " nuitees visites ingresos ingreso importe ventas costes costos coste costo cantidad pedidos gastos"
    " beneficio unidades receita receitas valor vendas custo custos quantidade despesas lucro fatturato"
    " ricavi importo vendite costi quantita ordini spese utile omzet bedrag aantal verkopen"
    " bestellingen winst uitgaven novos cancelamentos bajas altas",
    ends="umsatz umsatze kosten betrag menge anzahl erlose bestellungen stunden stuckzahl",
    parts="売上 金額 数量 件数 費用 利益 注文数 販売数 支出 收入 销售额 销售 金额 成本 利润 订单 订单数 销量",
)
COUNTED = words_of("count counts cnt distinct number num qty quantity anzahl nombre cantidad aantal")
COUNT = words_of(
    "count counts cnt anzahl nombre cantidad numero quantidade aantal",
    parts="件数 人数",
)
SAMPLE = words_of("n size sample responses respondents surveys count counts cnt users")
"""How many an average or a rate is of."""
MONEY = words_of(
    "credits debits revenue revenues turnover sales price prices cost costs profit income expense"
    " expenses spend spent spending budget fee fees salary salaries wage payment payments amount"
    " amounts value gmv mrr arr aov arpu arppu arpa ltv clv cltv cac cpc cpm cpa cpl adr revpar asp"
    " ebitda ebit capex opex cogs charges discount discounts refunds premium premiums balance earnings"
    " debt receivables payables exposure payout payroll umsatz kosten preis betrag erlos erlose gehalt"
    " gebuhr gewinn saldo ertrag ausgaben einnahmen soll haben montant prix ca cout couts recettes"
    " depenses salaire benefice solde ingresos ingreso importe precio ventas gastos costo coste salario"
    " receita preco valor custo custos lucro fatturato ricavi prezzo importo spese omzet bedrag prijs"
    " winst salaris",
    ends="umsatz umsatze kosten preis betrag erlose gehalt gebuhr marge",
    parts="売上 金額 単価 価格 費用 利益 予算 收入 销售额 金额 价格 单价 成本 利润 预算",
)
HOLDING = words_of(
    "employee subscriber member offener offenes offenen aging ageing balance balances stock stocks"
    " inventory headcount fte ftes backlog open active employees staff subscribers subscriptions"
    " accounts members population people mrr arr aum outstanding receivables payables debt exposure"
    " holdings position positions assets liabilities equity capacity occupied available remaining"
    " pending wip queue onhand hand installed_base tenants residents beds bestand bestande saldo salden"
    " mitarbeiter mitarbeitende beschaftigte kopfe mitglieder abonnenten lager offene offen solde"
    " soldes effectif effectifs encours abonnes salaries ouverts saldos plantilla existencias"
    " inventario empleados abonados activos assinantes estoque funcionarios ativos giacenza giacenze"
    " scorte dipendenti abbonati voorraad medewerkers leden",
    ends="bestand bestande saldo vermogen kopfe vorrat",
    parts="残高 在庫 人員 従業員 会員数 库存 余额 人数 员工",
)
MOVEMENT = words_of(
    "new net churned gained lost added removed joined left closed opened expansion contraction upgrades"
    " downgrades neu neue neuer gekundigt abgange zugange nouveaux nouvelles nuevos novos nuovi",
    parts="新規 新增",
)
"""What comes and goes: new customers add up, customers do not."""
SNAPSHOT = words_of(
    "snapshot snapshots snap eod eom latest current stock stocks inventory balance balances backlog"
    " holdings headcount open active offene offener offen aktiv bestand bestande salden ouvert ouverts"
    " actif actifs encours abierto abiertos activo activos aberto abertos ativo ativos saldos"
    " outstanding in_stock stichtag",
    ends="bestand",
    parts="在庫 残高 余额",
)
"""Tables and conditions of what is there at one moment: stock_eod, status = 'active'."""
PEOPLE = words_of(
    "user users customer customers client clients visitor visitors guest guests people persons players"
    " buyers shoppers patients students devices hosts drivers agents uniques dau wau mau kunden"
    " besucher nutzer gaste patienten personen utilisateurs visiteurs usuarios clientes visitantes"
    " utenti clienti visitatori gebruikers klanten bezoekers",
    ends="kunden nutzer besucher",
    parts="顧客 客数 ユーザー 利用者 客户 用户 访客",
)
AVERAGE = words_of(
    "avg average averages mean median med mode min minimum max maximum lowest highest smallest largest"
    " std stddev stdev sigma percentile percentiles p quantile typical aov arpu arppu arpa asp adr"
    " revpar ltv clv cltv cac cpc cpm cpa cpl cpo ctr cvr cr cpi roas roi roe roa mttr mtbf mtta"
    " durchschnitt mittel mittelwert schnitt moyen moyenne moyens moyennes mediane media promedio medio"
    " mediana minimo maximo gemiddelde gemiddeld gem per pro par por each unit",
    ends="durchschnitt schnitt mittelwert",
    parts="平均 中央値 最大 最小 中位 单价 単価 均价",
)
SUMMED = words_of("total totals sum gesamt summe totale totaal suma somma soma", "summe", "合計 总计 合计")
AVERAGED = words_of("avg average mean durchschnitt moyen moyenne promedio gemiddelde", "schnitt", "平均")
RATE = words_of(
    "rate rates ratio ratios pct percent percentage % share shares proportion fraction margin margins"
    " conversion churn retention utilization utilisation occupancy adherence attainment penetration"
    " yield price prices tariff wage score scores rating ratings nps enps csat ces index factor speed"
    " velocity temperature temp humidity pressure voltage ampere latitude longitude lat lon lng age"
    " latency uptime downtime duration time lag lead_time weight density intensity probability"
    " coefficient correlation elasticity multiple multiplier distance concentration efficiency quality"
    " accuracy precision recall growth uplift lift zscore dpo dso dio quote quoten preis preise anteil"
    " anteile grad marge note temperatur dauer alter gewicht taux prix part poids duree tasa precio"
    " cuota porcentaje peso duracion taxa preco margem percentual quota tasso prezzo margine"
    " percentuale prijs aandeel cumplimiento loss jitter rssi dbm celsius sla ph ppm rpm mph kmh",
    ends="rate quote preis anteil grad marge prozent dauer temperatur tarif",
    parts="率 割合 単価 価格 比率 比例 占比 价格 评分 スコア 温度",
)
PART = words_of(
    "churn conversion retention tax vat interest occupancy utilization utilisation completion attrition"
    " win bounce adherence attainment penetration ctr cvr cr open unsubscribe response fill load_factor"
    " shrinkage fluktuation krankenquote quote taux tasa taxa tasso rendement uptime availability"
    " accuracy compliance defect scrap error failure absence absenteeism turnover_rate loss margin"
    " marge margem margen margine",
    ends="ckrate gsrate tsrate nsrate enrate quote marge anteil auslastung",
    parts="率",
)
"""What has parts of a whole for values: above one they can only be percentages."""
NO_PART = words_of(
    "exchange fx currency hourly point points pp wechselkurs kurs heart birth frame bit day daily"
)
BYTES = words_of("bytes byte octets kb mb gb tb kib mib gib tib")
CUMULATIVE = words_of(
    "kumulierter kumulierte kumuliertes kumulierten register meter reading odometer zahlerstand stand"
    " cumulative cumulated cumul cum cumsum running rolling moving trailing ytd mtd qtd ltm ttm todate"
    " kumuliert kumulativ laufend gleitend cumule cumulee cumules acumulado acumulada acumulados"
    " cumulativo cumulato progressivo cumulatief",
    ends="kumuliert",
    parts="累計 累计 累積 累积 移動平均",
)
DISTINCT = words_of("distinct unique uniques dedup eindeutige distincts unicos unici", parts="唯一 独立")
RANKING = words_of(
    "rank rnk rk ranking position pos place rn rownum rownumber row_number row rang platz rango puesto"
    " posicion posicao posizione classement rangliste plaats",
    ends="rang",
    parts="順位 排名 ランク",
)

# What is compared

TARGET = words_of(
    "target targets budget budgets budgeted plan planned planning forecast forecasts forecasted quota"
    " quotas goal goals benchmark baseline expected projected ziel ziele sollwert planwert vorgabe"
    " prognose objectif objectifs prevision previsions prevu objetivo objetivos presupuesto meta metas"
    " orcamento previsto obiettivo obiettivi doel begroting",
    ends="plan ziel budget prognose",
    parts="目標 予算 計画 予測 目标 预算 计划 预测",
)
EARLIER = words_of(
    "previous prior prev ly py preceding lastyear pm pq vorjahr vorjahres vorher vormonat vorperiode"
    " vorige precedent precedente precedents anterior anteriores pasado passado scorso vorig",
    ends="vorjahr vormonat",
    parts="前年 前月 去年 上月 昨年 先月 上年 同期",
)
CURRENT = words_of("current this now latest cur actual actuals ist aktuell actuel atual attuale")
CHANGE = words_of(
    "gap reste restant chg dif growth change changes delta diff difference differences variance"
    " variation deviation yoy mom qoq wow dod uplift abweichung veranderung differenz wachstum ecart"
    " evolution croissance variacion diferencia crecimiento variacao diferenca crescimento variazione"
    " differenza crescita verschil groei vs versus",
    ends="abweichung veranderung differenz wachstum",
    parts="前年比 前月比 差額 差异 増減 变化 增长 同比 环比 成長率",
)
SHARE = words_of(
    "proporcion proporcao proporzione share shares proportion contribution mix anteil anteile part"
    " partage cuota participacion participacao quota aandeel",
    ends="anteil",
    parts="構成比 占比 シェア 割合",
)
PERCENT = words_of(
    "pct percent percentage perc % prozent pourcentage porcentaje percentual",
    ends="pct percent prozent",
)

# What names

IDENTIFIER = words_of(
    "id ids uuid guid key hash phone phones tel telephone telefon msisdn imei imsi sku ean isbn iban"
    " pzn ndc isin lei npi"
    " bic ssn upc gtin barcode serial email mail token vin mac ip matricula codice identifiant telefono"
    " telefone",
    parts="番号 编号 コード 電話 手机 电话",
)
CODE = words_of("code codes account reference ref nr no num number numero belegnr kennung")
ZIP = words_of("zip zipcode plz postcode postal cap cep postleitzahl")
STEP = words_of("step stage funnel schritt stufe etape etapa phase fase")
NAMING = words_of("name names label text title")
NUMBERING = words_of("number num no nr numero nummer")
THING = words_of("order invoice ticket case claim policy shipment contract booking")
NUMBERED = words_of(
    "postal zipcode postcode store shop branch route line terminal gate platform room floor_no center"
    " centre kostenstelle filiale linie http status code codes zip plz cost_center konto account"
    " warehouse lane zone district sector plant site station machine sensor device team bus tram flight"
    " port node rack cell bay department dept unit_no campus register pos_no pump well cluster magasin"
    " sucursal tienda loja filial negozio winkel deposito almacen lager werk",
    ends="stelle filiale",
    parts="店舗 支店 門店 门店 店铺",
)
FLAG = words_of("is has was flag flagged can did indicator churned active enabled deleted")
PLACE = words_of(
    "country countries city town continent province county municipality bundesland prefecture land"
    " stadt pays ville pais ciudad cidade paese citta stad",
    parts="国 都市 城市 国家 都道府県 省",
)
CURRENCY = words_of(
    "currency currencies ccy curr cur wahrung waehrung devise monnaie moneda divisa moeda valuta muntsoort",
    ends="wahrung waehrung",
    parts="通貨 货币 币种",
)
METRIC = words_of(
    "metric metrics measure measures kpi kpis indicator indicators figure statistic kennzahl kennzahlen"
    " indicateur indicador indicadores metrica indicatore kerncijfer kerncijfers kengetal",
    ends="kennzahl",
    parts="指標 指标",
)
VALUE = words_of("value values val wert valeur valor valore waarde", parts="値 值")
YEAR_IN_NAME = re.compile(r"(?<!\d)20\d\d(?!\d)")
PROSE = words_of(
    "subject landing_page driver_note comment comments description descriptions message messages note"
    " notes text body summary feedback review remark remarks url link href uri address question snippet"
    " buchungstext kommentar beschreibung bemerkung betreff nachricht commentaire libelle remarque"
    " comentario descripcion observacion asunto descricao observacao assunto commento descrizione"
    " oggetto opmerking omschrijving",
    ends="text beschreibung kommentar",
    parts="コメント 内容 説明 备注 评论 描述",
)

# Orders of their own

ORDERED = words_of(
    "tramo intervalo band bands bucket buckets bin bins tier level grade rating stars priority severity"
    " step stage phase decile quartile quintile percentile ntile quantile tenure size urgency maturity"
    " age_group bracket range class rung seniority since lead bewertung stufe prioritat klasse"
    " altersgruppe tranche etape niveau rango etapa nivel prioridad prioridade faixa fascia livello"
    " fase priorita stap",
    ends="stufe klasse",
    parts="年代 等級 优先级 段階 阶段 レベル",
)
TOTAL = words_of(
    "total totals all overall sum subtotal subtotals totale totales totaal gesamt gesamtsumme summe"
    " zwischensumme insgesamt alle ensemble tous toutes todos todas tutti tutte soma suma somma globale"
    " gesamtergebnis average avg durchschnitt moyenne promedio media gemiddelde",
    parts="合計 総計 小計 全体 总计 合计 小计 总和 全部 平均",
)
WHOLE = words_of(
    "company companies group network fleet portfolio market industry nation national business firm"
    " unternehmen konzern firma gruppe netz markt entreprise groupe reseau empresa grupo azienda bedrijf"
)
"""What groups are parts of, beside a word of a total: Company average, Total fleet."""
JOINING = words_of("of the de du des der die das in for row grand general generale geral and")
