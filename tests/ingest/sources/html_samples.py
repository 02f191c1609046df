"""Web pages as town halls have them."""

SERVICE = """<!DOCTYPE html>
<html lang="de-DE">
<head>
<meta charset="utf-8">
<title>Hund anmelden | Stadt Musterstadt</title>
<link rel="canonical" href="/leistungen/hund-anmelden">
<meta property="og:url" content="https://www.musterstadt.example/leistungen/hund-anmelden?ref=og">
<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "lastReviewed": "2026-02-03",
 "dateModified": "2026-03-04T10:00:00+01:00"}]}</script>
<style>.nav { color: red }</style>
</head>
<body class="page-with-sidebar no-cookie">
<a class="skiplink" href="#inhalt">Zum Inhalt springen</a>
<div id="cookie-banner" role="dialog"><p>Wir verwenden Cookies. Alle akzeptieren?</p><button>Ja</button></div>
<header><a href="/">Musterstadt</a><nav><ul><li><a href="/rathaus">Rathaus</a></li><li>Leben</li></ul></nav></header>
<main id="inhalt">
 <nav aria-label="Brotkrumen"><ol class="breadcrumb"><li>Start</li><li>Steuern</li></ol></nav>
 <header><h1>Hund an&shy;melden</h1></header>
 <p>Wer einen Hund hält, meldet ihn beim Steueramt an.</p>
 <div class="share-buttons"><a href="https://social.example/share">Bei Social teilen</a></div>
 <h2>Was kostet das?</h2>
 <p>Die Hundesteuer beträgt im Jahr:</p>
 <table>
  <thead><tr><th>Hund</th><th>Gruppe</th><th>Steuer</th></tr></thead>
  <tbody>
   <tr><td rowspan="2">erster Hund</td><td>Erwachsene</td><td>96,00&nbsp;&euro;</td></tr>
   <tr><td>mit Ermäßigung</td><td><del>50,00 &euro;</del> 48,00 &euro;</td></tr>
   <tr><td>jeder weitere Hund</td><td></td><td>144,00 &euro;</td></tr>
  </tbody>
 </table>
 <h3>Ermäßigungen für Blinde</h3>
 <p>Blinden&shy;hunde sind steuerfrei.</p>
 <h2>Das müssen Sie mitbringen</h2>
 <ul>
  <li>Personalausweis</li>
  <li>Nachweise zum Hund
   <ul><li>Impfpass</li><li>Nummer des Mikrochips</li></ul>
  </li>
 </ul>
 <h2>Bearbeitungsdauer</h2>
 <p>Die Anmeldung dauert 2 bis 3 Wochen.</p>
 <p><a href="/formulare/hund.pdf">Anmeldeformular</a>, <a href="javascript:print()">Hilfe</a></p>
 <h2>Fristen</h2>
 <p>Melden Sie den Hund innerhalb von <strong>zwei Wochen</strong> an.</p>
 <form action="/suche"><label>Suchbegriff</label><input name="q"><button>Suchen</button></form>
 <script>var gebuehr = "1000 Euro";</script>
 <aside><h2>Aktuelles</h2><p>Das Freibad öffnet am Samstag.</p></aside>
 <footer>Seite drucken</footer>
</main>
<footer><p>Impressum, Datenschutz</p></footer>
</body>
</html>
"""

WITHOUT_LANDMARKS = """<html lang="de"><head><title>Anwohnerparken - Stadt Musterstadt</title></head><body>
<div id="wrapper">
<div class="top-nav"><ul><li><a href="/a">Startseite</a></li><li><a href="/b">Rathaus</a></li>
<li><a href="/c">Leben in der Stadt</a></li><li><a href="/d">Tourismus</a></li></ul></div>
<div class="text"><h1>Anwohnerparken</h1>
<p>Wer in einer Bewohnerparkzone wohnt, kann einen Bewohnerparkausweis beantragen. Er gilt ein Jahr lang für das
eigene Auto und nur in der eigenen Zone.</p>
<h2>Kosten</h2><p>Der Bewohnerparkausweis kostet 30,70 Euro im Jahr. Ein Ersatz kostet 10,00 Euro.</p>
<h2>Erforderliche Unterlagen</h2><ul><li>Personalausweis</li><li>Fahrzeugschein mit Ihrer Anschrift</li></ul>
<h2>Wie lange dauert es?</h2><p>Sie bekommen den Ausweis sofort, wenn Sie alle Unterlagen mitbringen.</p></div>
<div class="footer"><p>Stadt Musterstadt, Rathausplatz 1</p><p><a href="/impressum">Impressum</a>
<a href="/datenschutz">Datenschutz</a></p></div>
</div></body></html>
"""


def page(body: str, head: str = "<title>Titel</title>", language: str = "de") -> bytes:
    """A page whose main part is `body`, filled up so that it is taken for one."""
    filler = "<p>Dieser Absatz steht hier, damit der Hauptteil der Seite lang genug ist, um als Text zu gelten.</p>"
    start = f"<html lang='{language}'><head><meta charset='utf-8'>{head}</head>"
    return f"{start}<body><main>{body}{filler}</main></body></html>".encode()
