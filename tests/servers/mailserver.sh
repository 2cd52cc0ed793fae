#!/usr/bin/env bash
# Dovecot (IMAP, IMAPS, LMTP) and Postfix (submission with AUTH, STARTTLS and implicit TLS) as plain
# processes under one directory. No system service is touched, everything listens on 127.0.0.1, and no
# mail can leave the machine: every recipient domain is routed to their LMTP. IMAP_SERVER=cyrus puts Cyrus in Dovecot's place.
# Any user name has the password below. $ROOT/tls/ca.pem is the root to trust.
#
# usage: [ROOT=dir] [IMAP_PORT=n …] mailserver.sh start|stop|status|remove   (needs root or sudo)
set -euo pipefail
export ROOT=${ROOT:-/tmp/gateway-mail}     # state, mail and logs; keep it short, it holds unix sockets
export IMAP_PORT=${IMAP_PORT:-14300}       # plain + STARTTLS
export IMAPS_PORT=${IMAPS_PORT:-14993}     # implicit TLS
export LMTP_PORT=${LMTP_PORT:-14024}
export SMTP_PORT=${SMTP_PORT:-15870}       # plain + STARTTLS, AUTH PLAIN/LOGIN
export SMTPS_PORT=${SMTPS_PORT:-15465}     # implicit TLS
export PASSWORD=${PASSWORD:-secret}
export MAX_USERIP=${MAX_USERIP:-100}       # Dovecot's mail_max_userip_connections (its own default is 10)
export MAX_IMAP=${MAX_IMAP:-1000}          # IMAP sessions in all
export MAIL_USER=${MAIL_USER:-mail}        # uid that owns the mail (exists on Debian)
export MSG_MAX=${MSG_MAX:-209715200}
export QUOTA=${QUOTA:-2G}                   # of each user, in Dovecot's words
export IMAP_SERVER=${IMAP_SERVER:-dovecot} # or cyrus: then Dovecot only tells it and Postfix who may sign in
export CYRUS_IMAPD=${CYRUS_IMAPD:-/usr/lib/cyrus/bin/imapd}
export AUTH_PORT=${AUTH_PORT:-$((LMTP_PORT + 1))} # where Dovecot listens then

if [ "$(id -u)" != 0 ]; then
  exec sudo env ROOT="$ROOT" IMAP_PORT="$IMAP_PORT" IMAPS_PORT="$IMAPS_PORT" LMTP_PORT="$LMTP_PORT" SMTP_PORT="$SMTP_PORT" SMTPS_PORT="$SMTPS_PORT" \
    PASSWORD="$PASSWORD" MAX_USERIP="$MAX_USERIP" MAX_IMAP="$MAX_IMAP" MAIL_USER="$MAIL_USER" MSG_MAX="$MSG_MAX" QUOTA="$QUOTA" \
    IMAP_SERVER="$IMAP_SERVER" CYRUS_IMAPD="$CYRUS_IMAPD" AUTH_PORT="$AUTH_PORT" "$0" "$@"
fi
for needed in /usr/sbin/dovecot /usr/lib/dovecot/lmtp /usr/sbin/postfix /usr/bin/openssl; do
  [ -x "$needed" ] || { echo "$needed is missing: ./test and ./run install it (Debian: dovecot-imapd dovecot-lmtpd postfix openssl)" >&2; exit 1; }
done

write_config() {
  mkdir -p "$ROOT"/{mail,log,tls,postfix,pfqueue,pfdata,dovecot}
  chmod 755 "$ROOT"; chown "$MAIL_USER:" "$ROOT/mail"; chown postfix: "$ROOT/pfdata"
  local uid; uid=$(id -u "$MAIL_USER")
  if [ ! -s "$ROOT/tls/cert.pem" ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=Gateway test root" \
      -keyout "$ROOT/tls/ca.key" -out "$ROOT/tls/ca.pem" 2>/dev/null
    openssl req -x509 -CA "$ROOT/tls/ca.pem" -CAkey "$ROOT/tls/ca.key" -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
      -nodes -days 365 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
      -addext basicConstraints=CA:FALSE -addext extendedKeyUsage=serverAuth \
      -keyout "$ROOT/tls/key.pem" -out "$ROOT/tls/cert.pem" 2>/dev/null
    chmod 600 "$ROOT/tls/key.pem" "$ROOT/tls/ca.key"
  fi
  local imap=$IMAP_PORT imaps=$IMAPS_PORT lmtp=$LMTP_PORT
  [ "$IMAP_SERVER" = dovecot ] || imap=$AUTH_PORT imaps=0 lmtp=0
  cat > "$ROOT/dovecot.conf" <<CONF
base_dir = $ROOT/dovecot
state_dir = $ROOT/dovecot
log_path = $ROOT/log/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <$ROOT/tls/cert.pem
ssl_key = <$ROOT/tls/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
passdb {
  driver = static
  args = password=$PASSWORD
}
userdb {
  driver = static
  args = uid=$MAIL_USER gid=$(id -gn "$MAIL_USER") home=$ROOT/mail/%u allow_all_users=yes
}
first_valid_uid = $uid
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_always_cache_fields = imap.envelope imap.bodystructure date.received size.virtual size.physical hdr.message-id hdr.references hdr.in-reply-to
mail_fsync = never
auth_failure_delay = 0
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
  mailbox Drafts {
    auto = subscribe
    special_use = \\Drafts
  }
  mailbox Trash {
    auto = subscribe
    special_use = \\Trash
  }
  mailbox Junk {
    auto = subscribe
    special_use = \\Junk
  }
  mailbox Archive {
    auto = subscribe
    special_use = \\Archive
  }
}
mail_plugins = quota acl
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:storage=$QUOTA
  acl = vfile
}
protocol imap {
  mail_plugins = quota acl imap_quota imap_acl
  mail_max_userip_connections = $MAX_USERIP
}
default_process_limit = $MAX_IMAP
default_client_limit = $((MAX_IMAP * 4))
service imap-login {
  service_count = 0
  process_min_avail = 2
  client_limit = $((MAX_IMAP * 2))
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = $imaps
    ssl = yes
  }
}
service imap {
  # A process serves one session after another: a new one for each costs thirty times the sign-in itself.
  service_count = 0
  process_limit = $MAX_IMAP
  process_min_avail = 2
}
service lmtp {
  process_min_avail = 2
  inet_listener lmtp {
    address = 127.0.0.1
    port = $lmtp
  }
}
service auth {
  unix_listener $ROOT/pfqueue/private/dovecot-auth {
    mode = 0660
    user = postfix
    group = postfix
  }
}
service anvil {
  # A wrong password slows down nobody: a test that signs in badly must not delay its neighbours.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
  client_limit = $((MAX_IMAP * 4))
}
service stats {
  client_limit = $((MAX_IMAP * 4))
}
CONF
  cat > "$ROOT/postfix/main.cf" <<CONF
compatibility_level = 3.6
queue_directory = $ROOT/pfqueue
data_directory = $ROOT/pfdata
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = $ROOT/log/postfix.log
maillog_file_prefixes = $ROOT
myhostname = mx.example.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = loopback-only
inet_protocols = ipv4
local_transport = lmtp:inet:127.0.0.1:$LMTP_PORT
default_transport = lmtp:inet:127.0.0.1:$LMTP_PORT
virtual_transport = lmtp:inet:127.0.0.1:$LMTP_PORT
relay_transport = lmtp:inet:127.0.0.1:$LMTP_PORT
transport_maps = inline:{ { discard.test = discard: }, { bounce.test = error:5.1.1 no such user here } }
local_recipient_maps =
smtpd_reject_unlisted_recipient = no
alias_maps =
alias_database =
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/dovecot-auth
smtpd_sasl_security_options = noanonymous
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions =
smtpd_tls_security_level = may
smtpd_tls_cert_file = $ROOT/tls/cert.pem
smtpd_tls_key_file = $ROOT/tls/key.pem
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtp_dns_support_level = disabled
disable_dns_lookups = yes
message_size_limit = $MSG_MAX
mailbox_size_limit = 0
virtual_mailbox_limit = 0
lmtp_destination_concurrency_limit = 20
default_process_limit = 200
CONF
  cat > "$ROOT/postfix/master.cf" <<CONF
127.0.0.1:$SMTP_PORT  inet  n - n - - smtpd
127.0.0.1:$SMTPS_PORT inet  n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
tlsmgr    unix  - - n 1000? 1 tlsmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
showq     unix  n - n - - showq
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
lmtp      unix  - - n - - lmtp
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
CONF
}

# Everything Cyrus can be told in its own words; passwords it asks of saslauthd, which tries them on Dovecot.
write_cyrus_config() {
  local home=$ROOT/cyrus
  mkdir -p "$home"/{spool,sasl,tls} "$home"/conf/{db,proc,socket,user,quota,lock,log,msg,ptclient,sync}
  cp "$ROOT/tls/cert.pem" "$ROOT/tls/key.pem" "$home/tls/"
  chown -R cyrus:mail "$home"
  cat > "$home/imapd.conf" <<CONF
configdirectory: $home/conf
partition-default: $home/spool
defaultpartition: default
servername: localhost
sasl_pwcheck_method: saslauthd
sasl_saslauthd_path: $home/sasl/mux
sasl_mech_list: PLAIN LOGIN
allowplaintext: yes
tls_server_cert: $home/tls/cert.pem
tls_server_key: $home/tls/key.pem
virtdomains: userid
defaultdomain: localhost
unixhierarchysep: yes
altnamespace: yes
autocreate_post: yes
autocreate_quota: 2097152
autocreate_inbox_folders: Sent|Drafts|Trash|Junk|Archive
autocreate_subscribe_folders: Sent|Drafts|Trash|Junk|Archive
xlist-sent: Sent
xlist-drafts: Drafts
xlist-trash: Trash
xlist-junk: Junk
xlist-archive: Archive
duplicatesuppression: no
delete_mode: immediate
expunge_mode: immediate
imapidlepoll: 1
CONF
  cat > "$home/cyrus.conf" <<CONF
START {
  recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C $home/imapd.conf -r"
}
SERVICES {
  imap cmd="$CYRUS_IMAPD -C $home/imapd.conf" listen="127.0.0.1:$IMAP_PORT" prefork=2 maxchild=$MAX_IMAP
  imaps cmd="$CYRUS_IMAPD -C $home/imapd.conf -s" listen="127.0.0.1:$IMAPS_PORT" prefork=4 maxchild=$MAX_IMAP
  lmtp cmd="/usr/lib/cyrus/bin/lmtpd -C $home/imapd.conf -a" listen="127.0.0.1:$LMTP_PORT" prefork=2 maxchild=50
}
EVENTS {
}
DAEMON {
  idled cmd="${CYRUS_IMAPD%/*}/idled -C $home/imapd.conf"
}
CONF
}

start_cyrus() {
  write_cyrus_config
  local home=$ROOT/cyrus log=$ROOT/log/cyrus.log
  alive "$home/sasl/saslauthd.pid" || setsid /usr/sbin/saslauthd -a rimap -r -n 4 -O "127.0.0.1/$AUTH_PORT" -m "$home/sasl" </dev/null >>"$log" 2>&1
  chmod 755 "$home/sasl"
  alive "$home/master.pid" || setsid /usr/lib/cyrus/bin/master -C "$home/imapd.conf" -M "$home/cyrus.conf" -p "$home/master.pid" -d </dev/null >>"$log" 2>&1 || { cat "$log" >&2; stop; return 1; }
}

alive() { [ -s "$1" ] && kill -0 "$(tr -dc 0-9 < "$1")" 2>/dev/null; }
wait_port() {
  for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0; sleep 0.1; done
  echo "port $1 does not answer" >&2
  return 1
}
end() { # pid file of a daemon that leads its own process group
  alive "$1" || return 0
  local pid; pid=$(tr -dc 0-9 < "$1")
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 20); do kill -0 "$pid" 2>/dev/null || return 0; sleep 0.1; done
  kill -9 -- "-$pid" 2>/dev/null || kill -9 "$pid" 2>/dev/null || true
}

start() { # the daemons must not keep the caller's stdout: `mailserver.sh start | tail` would never end
  ulimit -n 65536 2>/dev/null || true
  # Each session that idles takes one, all of the same user: beyond the limit Dovecot hears of new mail much later.
  local watches=/proc/sys/fs/inotify/max_user_instances
  [ "$MAX_IMAP" -le 1000 ] || [ "$(cat $watches)" -ge $((MAX_IMAP * 2)) ] || { echo $((MAX_IMAP * 2)) > $watches; } 2>/dev/null || true
  write_config
  local log=$ROOT/log/start.log
  /usr/sbin/postfix -c "$ROOT/postfix" check
  alive "$ROOT/dovecot/master.pid" || /usr/sbin/dovecot -c "$ROOT/dovecot.conf" </dev/null >>"$log" 2>&1 || { cat "$ROOT"/log/* >&2; stop; return 1; }
  alive "$ROOT/pfqueue/pid/master.pid" || /usr/sbin/postfix -c "$ROOT/postfix" start </dev/null >>"$log" 2>&1 || { cat "$ROOT"/log/* >&2; stop; return 1; }
  [ "$IMAP_SERVER" = dovecot ] || { wait_port "$AUTH_PORT"; start_cyrus; }
  for p in $IMAP_PORT $IMAPS_PORT $LMTP_PORT $SMTP_PORT $SMTPS_PORT; do wait_port "$p"; done
  status
}
stop() { end "$ROOT/pfqueue/pid/master.pid"; end "$ROOT/cyrus/master.pid"; end "$ROOT/cyrus/sasl/saslauthd.pid"; end "$ROOT/dovecot/master.pid"; }
status() {
  local rc=0
  if alive "$ROOT/dovecot/master.pid"; then echo "dovecot up: imap $IMAP_PORT imaps $IMAPS_PORT lmtp $LMTP_PORT"; else echo "dovecot down"; rc=3; fi
  if alive "$ROOT/pfqueue/pid/master.pid"; then echo "postfix up: smtp $SMTP_PORT smtps $SMTPS_PORT"; else echo "postfix down"; rc=3; fi
  echo "root $ROOT, any user with password '$PASSWORD'"
  return $rc
}
remove() { [ ! -d "$ROOT/postfix" ] || { stop; rm -rf "$ROOT"; }; }
case "${1:-}" in
  start|stop|status|remove) "$1" ;;
  *) echo "usage: [ROOT=dir] $0 start|stop|status|remove" >&2; exit 2 ;;
esac
