# What ./run and ./test ask of the machine, and how they get it. Sourced, not run.

fail() { echo "$*" >&2; exit 1; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# need_debian file=package…: installs the packages whose file is not there.
need_debian() {
  local want missing=()
  for want; do [ -e "${want%%=*}" ] || missing+=("${want#*=}"); done
  [ ${#missing[@]} != 0 ] || return 0
  command -v apt-get >/dev/null || fail "Missing: ${missing[*]}. They are Debian's package names; install what your system calls them."
  echo "Installing from Debian: ${missing[*]}"
  [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || fail "That needs root or sudo."
  # Their system services stay off: we start our own copies, on other ports and under folders of their own.
  local policy=/usr/sbin/policy-rc.d ours=
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
    as_root chmod +x $policy
    ours=yes
  fi
  local log; log=$(mktemp)
  local rc=0
  { as_root apt-get -qq update \
    && as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}"; } </dev/null >"$log" 2>&1 || rc=$?
  [ -z "$ours" ] || as_root rm -f $policy
  [ $rc = 0 ] || { tail -30 "$log" >&2; fail "apt-get could not install ${missing[*]}"; }
  rm -f "$log"
}

need_mail_servers() {
  need_debian /usr/lib/dovecot/imap=dovecot-imapd /usr/lib/dovecot/lmtp=dovecot-lmtpd \
    /usr/sbin/postfix=postfix /usr/bin/openssl=openssl
}

# Debian lets one IMAP server be installed: of the second only what it shares with none is, and its daemon is unpacked under artifacts/.
CYRUS_IMAPD=$PWD/artifacts/cyrus/usr/lib/cyrus/bin/imapd
need_cyrus() {
  need_debian /usr/lib/cyrus/bin/lmtpd=cyrus-common /usr/sbin/saslauthd=sasl2-bin
  [ ! -x "$CYRUS_IMAPD" ] || return 0
  echo "Unpacking Debian's cyrus-imapd under artifacts/"
  mkdir -p artifacts/cyrus
  (cd artifacts/cyrus && { apt-get -qq download cyrus-imapd 2>/dev/null || { as_root apt-get -qq update && apt-get -qq download cyrus-imapd; }; } && dpkg -x cyrus-imapd_*.deb . && rm cyrus-imapd_*.deb) || fail "cyrus-imapd could not be had"
}

need_toolchains() {
  command -v dotnet >/dev/null || fail "The .NET SDK $(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json | head -1) or a later 10.0 is needed: https://dotnet.microsoft.com/download"
  dotnet --version >/dev/null 2>&1 || { dotnet --version >&2; fail "global.json asks for a .NET SDK that is not here."; }
  command -v node >/dev/null && command -v npm >/dev/null || fail "Node.js 20.19 or later, with npm, is needed to build the webmail."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
    || fail "Node.js 20.19 or later is needed to build the webmail; this is $(node --version)."
}

# Once for each package-lock.json.
install_webmail_packages() {
  ! cmp -s web/package-lock.json web/node_modules/.installed-lock || return 0
  echo "Installing the webmail's packages from the npm registry"
  (cd web && npm ci --no-audit --no-fund --loglevel=error)
  cp web/package-lock.json web/node_modules/.installed-lock
}

build_webmail() { # to web/dist, where the build of the server finds it
  install_webmail_packages
  echo "Building the webmail"
  (cd web && npm run --silent build)
}
