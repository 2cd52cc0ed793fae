#!/usr/bin/env python3
"""Writes the demo mailbox into a Maildir of mailserver.sh (standard library only).

  ROOT=/tmp/gateway-mail seed.py demo@gateway.test

Dates are counted back from now; everything else is the same each time. Run it as root, before the first sign-in."""
import os, pwd, sys, time
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from datetime import datetime, timedelta, timezone

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mails import mails

address, root = sys.argv[1], os.environ['ROOT']
owner = pwd.getpwnam(os.environ.get('MAIL_USER', 'mail'))
now = datetime.now(timezone.utc).replace(second=0, microsecond=0)


def when(at):
    days, hour, minute = at
    if days == 0: return now - timedelta(hours=hour, minutes=minute)  # today: so long ago
    return (now - timedelta(days=days)).replace(hour=hour, minute=minute)


def person(who): return formataddr((who[0], who[1] or address))


def build(mail, keys):
    out = EmailMessage()
    out['From'] = person(mail['who'])
    out['To'] = ', '.join(person(to) for to in mail.get('to', [('Alex Morgan', None)]))
    out['Subject'] = mail['subject']
    out['Date'] = format_datetime(when(mail['at']))
    out['Message-ID'] = f'<{mail["key"]}@demo.example>'
    if 're' in mail:
        chain, key = [], mail['re']
        while key: chain.insert(0, f'<{key}@demo.example>'); key = keys[key].get('re')
        out['In-Reply-To'], out['References'] = chain[-1], ' '.join(chain)
    if 'list_id' in mail:
        out['List-Id'] = f'<{mail["list_id"]}>'
        out['List-Unsubscribe'] = f'<https://{mail["list_id"].split(".", 1)[1]}/leave>'
    out.set_content(mail['text'] or '', cte='quoted-printable')
    if 'html' in mail:
        out.add_alternative(mail['html'], subtype='html', cte='quoted-printable')
        for cid, name, make in mail.get('inline', []):
            out.get_payload()[-1].add_related(make(), 'image', 'png', cid=f'<{cid}>', filename=name, disposition='inline')
    for name, kind, make in mail.get('attach', []):
        out.add_attachment(make(), *kind.split('/'), filename=name)
    return out.as_bytes()


def main():
    every = mails()
    keys = {mail['key']: mail for mail in every}
    home = os.path.join(root, 'mail', address)
    box = os.path.join(home, 'Maildir')
    folders = {}
    for mail in sorted(every, key=lambda m: when(m['at'])): folders.setdefault(mail['folder'], []).append(mail)
    for folder, held in folders.items():
        place = box if folder == 'INBOX' else os.path.join(box, '.' + folder.replace('/', '.'))
        for part in ('cur', 'new', 'tmp'): os.makedirs(os.path.join(place, part))
        uids = [f'3 V1700000000 N{len(held) + 1} G{folder.encode().hex():0<32.32}\n']
        for uid, mail in enumerate(held, 1):
            raw, at = build(mail, keys), when(mail['at']).timestamp()
            name = f'{int(at)}.M{uid:06d}P1.demo,S={len(raw)},W={len(raw) + raw.count(10)}'
            path = os.path.join(place, 'cur', f'{name}:2,{"".join(sorted(mail["flags"]))}')
            with open(path, 'wb') as file: file.write(raw)
            os.utime(path, (at, at))
            uids.append(f'{uid} :{name}\n')
        with open(os.path.join(place, 'dovecot-uidlist'), 'w') as file: file.writelines(uids)
    with open(os.path.join(box, 'subscriptions'), 'w') as file:
        file.write('V\t2\n\n' + ''.join(f'{name}\n' for name in ('Archive', 'Drafts', 'Junk', 'Receipts', 'Sent', 'Travel', 'Travel\tLisbon', 'Trash')))
    for place, _, files in os.walk(home):
        os.chown(place, owner.pw_uid, owner.pw_gid)
        for name in files: os.chown(os.path.join(place, name), owner.pw_uid, owner.pw_gid)
    print(f'{len(every)} mails for {address}')


main()
