"""What is in the demo mailbox. Everyone in it is made up."""
from pictures import bars, landscape, pdf

ME = ('Alex Morgan', None)  # the address comes from the command line
MIRA = ('Mira Lindqvist', 'mira@northwind-studio.example')
TOM = ('Tom Okafor', 'tom.okafor@northwind-studio.example')
PRIYA = ('Priya Raman', 'priya@northwind-studio.example')
DAD = ('Dad', 'george.morgan@family.example')
LENA = ('Lena Hartmann', 'lena.hartmann@posteo.example')
YUKI = ('山田 由紀', 'yuki@kawaguchi-ryokan.example')
CLAIRE = ('Claire Fontaine', 'claire@atelier-fontaine.example')
SOFIA = ('Sofía Ortega', 'sofia.ortega@correo.example')

DAWN = dict(sky=(88, 120, 190), glow=(250, 178, 132), hills=[(122, 110, 150), (86, 84, 124), (50, 56, 92), (28, 34, 60)])
FJORD = dict(sky=(70, 140, 200), glow=(190, 225, 235), hills=[(110, 160, 170), (70, 125, 130), (38, 88, 92), (20, 58, 62)], sun=(.25, .25))
MEADOW = dict(sky=(110, 180, 230), glow=(240, 240, 210), hills=[(150, 190, 140), (110, 165, 100), (76, 136, 74), (46, 104, 56)], sun=(.8, .2))


def letter(accent, kicker, title, blocks, foot, hero=None):
    """A newsletter as newsletters are made: tables, inline styles, six hundred pixels."""
    body = ''.join(
        f'<tr><td style="padding:0 32px 20px"><h2 style="margin:0 0 6px;font-size:18px;color:#111827">{head}</h2>'
        f'<p style="margin:0;font-size:15px;line-height:1.6;color:#374151">{words}</p></td></tr>' for head, words in blocks)
    picture = f'<tr><td><img src="{hero}" alt="" width="600" style="display:block;width:100%;max-width:600px"></td></tr>' if hero else ''
    return (f'<!DOCTYPE html><html><body style="margin:0;background:#f3f4f6;font-family:Helvetica,Arial,sans-serif">'
            f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px">'
            f'<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="background:#ffffff;border-radius:12px;overflow:hidden;max-width:600px">'
            f'{picture}<tr><td style="padding:28px 32px 16px"><p style="margin:0 0 8px;font-size:12px;letter-spacing:1px;text-transform:uppercase;color:{accent}">{kicker}</p>'
            f'<h1 style="margin:0;font-size:26px;line-height:1.25;color:#111827">{title}</h1></td></tr>{body}'
            f'<tr><td style="padding:16px 32px 28px;font-size:12px;color:#6b7280;border-top:1px solid #e5e7eb">{foot}</td></tr>'
            f'</table></td></tr></table></body></html>')


def receipt(shop, accent, rows, total):
    lines = ''.join(f'<tr><td style="padding:8px 0;color:#374151">{what}</td><td align="right" style="padding:8px 0;color:#374151">{price}</td></tr>' for what, price in rows)
    return (f'<div style="font-family:Helvetica,Arial,sans-serif;max-width:520px;margin:auto"><h1 style="color:{accent};font-size:24px">{shop}</h1>'
            f'<p style="color:#374151">Thank you for your order.</p><table width="100%" style="border-collapse:collapse;font-size:15px">{lines}'
            f'<tr><td style="padding:12px 0;border-top:2px solid #111827"><b>Total</b></td><td align="right" style="border-top:2px solid #111827"><b>{total}</b></td></tr></table></div>')


def mails():
    """Oldest first within a thread; the seeder sorts by time. `at` is (days ago, hour, minute)."""
    m = []
    def add(key, folder, at, who, subject, text=None, flags='S', **more):
        m.append(dict(key=key, folder=folder, at=at, who=who, subject=subject, text=text, flags=flags, **more))

    # Today and yesterday: what is seen first.
    add('brand1', 'INBOX', (3, 9, 12), MIRA, 'Harbour rebrand: first directions', 'Hi Alex,\n\nthree directions for Harbour are in the folder. I lean towards the second, where the mark is drawn with one line.\n\nCould you and Tom have a look before Thursday?\n\nMira')
    add('brand2', 'INBOX', (3, 11, 40), TOM, 'Re: Harbour rebrand: first directions', 'The second, no contest. It still reads at 16 pixels, and I could cut it out of plywood.\n\nOne worry: the blue is very close to the ferry company\'s.\n\n> three directions for Harbour are in the folder. I lean towards the second,\n> where the mark is drawn with one line.\n\nTom', to=[MIRA, ME], re='brand1')
    add('brand3', 'Sent', (3, 13, 5), ME, 'Re: Harbour rebrand: first directions', 'Second one for me too. Let us try a warmer blue before we show it.\n\nAlex\n\n> The second, no contest.', to=[MIRA, TOM], re='brand2')
    add('brand4', 'INBOX', (0, 0, 38), MIRA, 'Re: Harbour rebrand: first directions', 'Warmer it is. The new sheet is attached: same line, a blue with some green in it, and a sand tone to go with it.\n\nI have left the ferry company well alone. If you both nod I send it to the client tonight.\n\nMira\n\n> Let us try a warmer blue before we show it.', flags='F', re='brand3', to=[ME, TOM],
        attach=[('harbour-colours.png', 'image/png', lambda: bars([5, 8, 6, 9, 7, 4, 8], (14, 116, 144))), ('harbour-sheet-v2.pdf', 'application/pdf', lambda: pdf('Harbour, colour sheet 2', [('Deep water', '#0E7490'), ('Shallow', '#67C3CC'), ('Sand', '#E8D9B5'), ('Mark, one line', 'page 2')]))])
    add('weekly', 'INBOX', (0, 2, 5), ('Slow Trains', 'letters@slowtrains.example'), 'The night train is back: six lines for the winter', flags='', html=letter('#0e7490', 'Slow Trains, issue 48', 'The night train is back', [
        ('Stockholm to Berlin', 'Leaves at half past five, and the sun is up over the Oder when coffee comes round. Couchettes from 59 euros if you book before the snow.'),
        ('Vienna to Paris', 'Three nights a week again. Ask for the upper berth on the left: that is the side with the Alps.'),
        ('What we are reading', 'A history of the dining car, with recipes. The omelette takes eleven minutes, or the distance from Lyon to Mâcon.')],
        'You get this because you like windows. <a href="https://slowtrains.example/leave">Unsubscribe</a>', hero='cid:hero'), inline=[('hero', 'hero.png', lambda: landscape(**DAWN))],
        text='The night train is back.\n\nStockholm to Berlin, Vienna to Paris, and what we are reading.', list_id='letters.slowtrains.example')
    add('lunch', 'INBOX', (0, 3, 20), LENA, 'Freitag Mittagessen?', 'Hallo Alex,\n\nich bin am Freitag in der Stadt. Hast du Lust auf die neue Suppenküche am Markt? Angeblich gibt es dort die besten Klöße nördlich der Donau.\n\nLiebe Grüße\nLena', flags='')
    add('standup', 'INBOX', (0, 4, 50), PRIYA, 'Numbers for the quarter', 'Hi both,\n\nthe quarter in one picture: visits up a fifth, and for the first time more people finish the sign-up than leave it.\n\nThe dip in week 4 is the outage, not the new form.\n\nPriya', flags='', to=[ME, TOM], attach=[('quarter.png', 'image/png', lambda: bars([42, 45, 51, 34, 55, 58, 61, 66, 64, 71, 74, 79]))])
    add('ryokan', 'INBOX', (1, 8, 15), YUKI, 'ご予約の確認(12月18日より3泊)', 'モーガン様\n\nこの度はご予約いただき、誠にありがとうございます。\n\n12月18日より3泊、湖の見えるお部屋をご用意いたしました。\n夕食は18時30分からでございます。\n\n皆様のお越しを心よりお待ちしております。\n\n川口旅館 山田由紀', flags='F')
    add('dad', 'INBOX', (1, 10, 2), DAD, 'the apple tree', 'Dear Alex,\n\nyour mother says I should write and not wait for Sunday.\n\nThe apple tree came through the storm. The shed did not, but I never liked the shed. I took a picture from the hill this morning, before the rain came back.\n\nCall when you can. No hurry.\n\nDad', flags='', attach=[('from-the-hill.png', 'image/png', lambda: landscape(**MEADOW))])
    add('invoice', 'INBOX', (1, 14, 30), CLAIRE, 'Facture n° 2031 : reliure de trois carnets', 'Bonjour Alex,\n\nvous trouverez ci-joint la facture pour les trois carnets. Le cuir vert est arrivé plus sombre que prévu, mais je crois que vous l\'aimerez.\n\nBien à vous,\nClaire Fontaine', attach=[('facture-2031.pdf', 'application/pdf', lambda: pdf('Facture 2031', [('Reliure, trois carnets', '186,00 €'), ('Cuir vert, pleine peau', '42,00 €'), ('Port', '9,50 €'), ('Total', '237,50 €')]))])
    add('build', 'INBOX', (1, 16, 44), ('Harbour CI', 'ci@harbour.example'), 'Passed: main #1482 (2 minutes 11 seconds)', 'Build 1482 of main passed.\n\n  812 tests in 2 min 11 s\n  Slowest: ferry timetable, across midnight (4.2 s)\n\nChanges\n  Tom Okafor   Round times the way the quay clock does\n  Mira L.      New blue\n')

    # The last two weeks.
    add('climb1', 'INBOX', (2, 18, 22), SOFIA, '¿Escalada el sábado?', '¡Hola!\n\nDan sol para el sábado. ¿Vamos a la pared del norte? Llevo la cuerda nueva y tortilla para todos.\n\nSofía', flags='')
    add('climb2', 'Sent', (2, 19, 1), ME, 'Re: ¿Escalada el sábado?', '¡Claro que sí! Yo llevo el café.\n\nAlex', to=[SOFIA], re='climb1')
    add('climb3', 'INBOX', (2, 19, 8), SOFIA, 'Re: ¿Escalada el sábado?', 'Perfecto. A las ocho en el puente.\n\n> Yo llevo el café.', re='climb2', flags='SR')
    add('library', 'INBOX', (4, 7, 0), ('City Library', 'notices@citylibrary.example'), 'Two books are due on Friday', 'Due on Friday:\n\n  The Living Mountain, Nan Shepherd\n  A Pattern Language, Alexander and others\n\nBoth can be renewed once more at the desk or online.\n')
    add('garden', 'INBOX', (4, 12, 31), ('Fern & Fig', 'hello@fernandfig.example'), 'Bulbs to plant before the frost', html=letter('#15803d', 'Fern & Fig', 'Five bulbs to plant before the frost', [
        ('Snake\'s head fritillary', 'Likes wet feet and being left alone. Plant in threes, forget where, be surprised in April.'),
        ('Wild tulip', 'Smaller than the ones in the shop and far tougher. Comes back every year.')],
        'Fern &amp; Fig, Mill Lane 4. <a href="https://fernandfig.example/leave">No more letters</a>', hero='https://images.fernandfig.example/bulbs-2x.jpg'), text='Five bulbs to plant before the frost.', list_id='hello.fernandfig.example')
    add('offsite1', 'INBOX', (6, 9, 3), PRIYA, 'Offsite: mountains or sea?', 'Quick vote for March: a hut with a stove, or a house by the sea? Both sleep nine.\n\nPriya', to=[ME, TOM, MIRA])
    add('offsite2', 'INBOX', (6, 9, 20), TOM, 'Re: Offsite: mountains or sea?', 'Stove.\n\n> a hut with a stove, or a house by the sea?', re='offsite1', to=[PRIYA, ME, MIRA])
    add('offsite3', 'INBOX', (6, 9, 55), MIRA, 'Re: Offsite: mountains or sea?', 'Sea. I get to draw boats.\n\n> Stove.', re='offsite2', to=[TOM, PRIYA, ME])
    add('offsite4', 'INBOX', (5, 15, 16), PRIYA, 'Re: Offsite: mountains or sea?', 'Two all, with my vote for the stove and the dog voting for the sea. There is a house by the sea *with* a stove. Booked.\n\n> Sea. I get to draw boats.', re='offsite3', to=[TOM, MIRA, ME], flags='SF')
    add('bank', 'INBOX', (7, 6, 10), ('Cedar Credit Union', 'statements@cedarcu.example'), 'Your statement is ready', 'Your statement for last month is ready.\n\nWe never ask for your password by mail, and this mail has no link to sign in with. Open our app as you always do.\n', attach=[('statement.pdf', 'application/pdf', lambda: pdf('Statement', [('Opening balance', '2,418.20'), ('In', '3,150.00'), ('Out', '2,604.75'), ('Closing balance', '2,963.45')]))])
    add('rfc', 'INBOX', (8, 13, 37), TOM, 'Quay clock, the odd bug', 'Found it. The clock on the quay rounds down, ours rounded to the nearest, so for thirty seconds every minute we told people the ferry had gone.\n\n    return minutes - minutes % 1;   // as the quay does\n\nFix is in main. Nobody swam, as far as I know.\n\nTom')
    add('photo', 'INBOX', (9, 20, 12), LENA, 'Fotos vom Fjord', 'Hallo Alex,\n\nwie versprochen, zwei Bilder. Das zweite habe ich vom Kajak aus gemacht, bitte nicht auf den Horizont achten.\n\nLena', attach=[('fjord-morgens.png', 'image/png', lambda: landscape(**FJORD)), ('vom-kajak.png', 'image/png', lambda: landscape(**{**FJORD, 'sun': (.6, .3), 'sky': (60, 100, 160)}))])
    add('talk', 'INBOX', (10, 11, 11), ('Open Water Conf', 'speakers@openwater.example'), 'Your talk is in: "Small tools, long lives"', 'Dear Alex,\n\nwe are glad to have "Small tools, long lives" on the second day, at 10:30 in the boat house.\n\nPlease send slides a week ahead, as PDF. The projector is older than some of the speakers.\n\nThe Open Water team', flags='SF')
    add('arabic', 'INBOX', (11, 8, 45), ('نور الحداد', 'nour@darb.example'), 'شكراً على الكتاب', 'مرحباً أليكس،\n\nوصل الكتاب أمس، شكراً جزيلاً! سأبدأ بقراءته هذا الأسبوع.\n\nتحياتي،\nنور')
    add('draftish', 'INBOX', (12, 17, 30), MIRA, 'Type specimen, with a ridiculous ampersand', 'Look at page 3. Have you ever seen such an ampersand? I want it on a mug.\n\nMira', attach=[('specimen.pdf', 'application/pdf', lambda: pdf('Specimen', [('Regular', 'Aa Bb Cc'), ('The ampersand', '&')]))])
    add('meetup', 'INBOX', (13, 9, 0), ('Harbour Repair Café', 'hello@repaircafe.example'), 'Saturday: bring the toaster', html=letter('#b45309', 'Repair Café', 'Saturday, ten to two: bring the toaster', [
        ('At the benches', 'Soldering with Ama, sewing machines with Piotr, and clocks with whoever is brave enough.'), ('Also', 'Cake. Somebody always forgets to say that there is cake.')], 'Old fish hall, gate 2'), text='Saturday, ten to two. Bring the toaster. There is cake.')

    # Folders.
    add('rail', 'Travel', (15, 8, 20), ('Nordic Rail', 'tickets@nordicrail.example'), 'Your ticket: Göteborg to Oslo, 07:55', html=receipt('Nordic Rail', '#b91c1c', [('Göteborg C to Oslo S, 07:55', '389 kr'), ('Seat 41, window, quiet coach', '0 kr')], '389 kr'), text='Göteborg C 07:55 to Oslo S 11:50. Coach 3, seat 41.', attach=[('ticket.pdf', 'application/pdf', lambda: pdf('Göteborg C to Oslo S', [('Departs', '07:55'), ('Arrives', '11:50'), ('Coach 3, seat 41', 'window')]))])
    add('hotel', 'Travel', (16, 12, 2), ('Hotell Bryggen', 'post@bryggen.example'), 'Booking confirmed: two nights, harbour side', 'Hello Alex,\n\ntwo nights, harbour side, breakfast from 7. The door code will reach you on the day.\n\nHotell Bryggen', flags='SF')
    add('flight', 'Travel', (20, 19, 45), ('Kestrel Air', 'noreply@kestrelair.example'), 'Check-in opens tomorrow: Tokyo', html=letter('#1d4ed8', 'Kestrel Air', 'Tokyo, tomorrow at 13:20', [('Before you fly', 'Bags close 60 minutes before. Your seat is 32A, on the side with the mountain.')], 'Booking K7Q2ZD', hero='cid:hero'), inline=[('hero', 'wing.png', lambda: landscape(**{**DAWN, 'sun': (.4, .3)}))], text='Tokyo, tomorrow at 13:20. Seat 32A.')
    add('visa', 'Travel', (24, 10, 30), YUKI, 'Re: 夕食について', 'モーガン様\n\n魚が苦手とのこと、承知いたしました。\nお豆腐と山菜のお料理をご用意いたします。\n\n山田')
    add('lisbon1', 'Travel/Lisbon', (17, 9, 26), ('Inês Carvalho', 'ines@casadopatio.example'), 'A sua reserva: quatro noites em Alfama', 'Olá Alex,\n\na casa é sua de 3 a 7 de março. A chave fica com a dona Lurdes, na padaria em frente, que abre às seis e sabe tudo.\n\nO elétrico 28 passa à porta. Vá de manhã cedo, antes dos turistas.\n\nAté breve,\nInês', flags='SF')
    add('lisbon2', 'Travel/Lisbon', (17, 18, 40), ME, 'Re: A sua reserva: quatro noites em Alfama', 'Olá Inês,\n\nobrigado! Chegamos por volta das 15h. Há sítio para duas bicicletas?\n\nAlex', to=[('Inês Carvalho', 'ines@casadopatio.example')], re='lisbon1')
    add('lisbon3', 'Travel/Lisbon', (18, 7, 15), ('Atlantic Sleeper', 'booking@atlanticsleeper.example'), 'Your booking LX-48210: Paris to Lisbon by night', html=receipt('Atlantic Sleeper', '#0f766e', [('Paris Austerlitz, 19:42', '2 March'), ('Lisboa Santa Apolónia, 13:10', '3 March'), ('Two berths, coach 11', '138.00'), ('Two bicycles', '20.00')], '158.00 EUR'), text='LX-48210. Paris Austerlitz 19:42 to Lisboa Santa Apolónia 13:10, coach 11.', attach=[('LX-48210.pdf', 'application/pdf', lambda: pdf('Atlantic Sleeper LX-48210', [('Paris Austerlitz', '19:42'), ('Lisboa Santa Apolónia', '13:10'), ('Coach 11, berths 21 and 23', 'window')]))])
    add('coffee', 'Receipts', (5, 8, 3), ('Third Wave Roasters', 'orders@thirdwave.example'), 'Order 8841: it is in the roaster', html=receipt('Third Wave Roasters', '#78350f', [('Huila, Colombia, 500 g', '14.50'), ('Yirgacheffe, 250 g', '9.80'), ('Paper filters', '4.00')], '28.30 EUR'), text='Order 8841, 28.30 EUR.')
    add('books', 'Receipts', (14, 17, 15), ('Corner Books', 'shop@cornerbooks.example'), 'Your receipt', html=receipt('Corner Books', '#7c3aed', [('The Living Mountain', '11.00'), ('Tove Jansson, The Summer Book', '10.50')], '21.50 EUR'), text='21.50 EUR', attach=[('receipt-0917.pdf', 'application/pdf', lambda: pdf('Corner Books', [('The Living Mountain', '11.00'), ('The Summer Book', '10.50'), ('Total', '21.50')]))])
    add('power', 'Receipts', (22, 5, 55), ('Tidewater Energy', 'billing@tidewater.example'), 'October bill: 41.20 EUR', 'Your bill is attached. You used 12 % less than last October: well done, or mild weather.\n', attach=[('bill-october.pdf', 'application/pdf', lambda: pdf('Tidewater Energy', [('148 kWh', '37.00'), ('Standing charge', '4.20'), ('Total', '41.20')]))])
    add('bike', 'Receipts', (27, 15, 40), ('Spoke & Chain', 'werkstatt@spoke.example'), 'Rechnung: neue Kette, Bremsen eingestellt', 'Hallo Alex,\n\ndein Rad ist fertig. Die Kette hätte keinen Tag länger gehalten.\n\nSpoke & Chain')
    add('lease', 'Archive', (25, 9, 9), ('Harbour Housing', 'office@harbourhousing.example'), 'Lease renewed until next autumn', 'Dear Alex Morgan,\n\nyour lease is renewed as agreed. Nothing else changes, the rent least of all.\n\nHarbour Housing')
    add('recipe', 'Archive', (29, 18, 18), DAD, 'your grandmother\'s bread', 'Flour 500, water 350, salt 10, and patience.\n\nShe never weighed anything, so this is me, weighing her hands from memory.\n\nDad', flags='SF')
    add('farewell', 'Archive', (33, 16, 0), PRIYA, 'Thank you all', 'Two years today. I came for a month.\n\nPriya', to=[ME, TOM, MIRA])
    add('sentslides', 'Sent', (8, 10, 12), ME, 'Slides: Small tools, long lives', 'Hello,\n\nslides attached, a good deal ahead. Kind regards to the projector.\n\nAlex', to=[('Open Water Conf', 'speakers@openwater.example')], attach=[('small-tools.pdf', 'application/pdf', lambda: pdf('Small tools, long lives', [('1', 'What lasts'), ('2', 'What does not')]))])
    add('draft', 'Drafts', (0, 1, 15), ME, 'Re: the apple tree', 'Dear Dad,\n\nwhat a picture. I shall print it for the kitchen, and', to=[DAD], re='dad', flags='SD')
    add('junk', 'Junk', (2, 3, 3), ('Prize Desk', 'winner@prize-desk.example'), 'You have been selected!!!', 'Dear Winner,\n\nyou have been selected for a prize we cannot name in a contest you did not enter.\n', flags='')
    return m
