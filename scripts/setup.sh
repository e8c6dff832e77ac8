# Set-up shared by ./akimbo, ./test and .ci/run: the .NET SDK, the system libraries, quiet builds. Sourced, not run.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export MSBUILDDISABLENODEREUSE=1

say() { printf 'akimbo: %s\n' "$*" >&2; }

# Puts dotnet on the PATH, and tells the program where its runtime is when that is not a place it looks in by itself.
find_dotnet() {
  if ! command -v dotnet > /dev/null; then
    local folder
    for folder in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
      [[ -n $folder && -x $folder/dotnet ]] && PATH="$folder:$PATH" && break
    done
  fi
  if ! command -v dotnet > /dev/null; then
    say 'the .NET 10 SDK is missing; get it from https://dotnet.microsoft.com/download/dotnet/10.0'
    return 1
  fi
  if [[ -z ${DOTNET_ROOT:-} && ! -d /usr/share/dotnet && ! -d /usr/lib/dotnet && ! -e /etc/dotnet/install_location ]]; then
    DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
    export DOTNET_ROOT
  fi
}

# Whether a library such as libcairo.so.2 is in one of the usual folders; shell builtins only, so that it costs nothing.
has_library() {
  local folder
  for folder in /usr/lib/*-linux-gnu /usr/lib64 /usr/lib /lib/*-linux-gnu /lib64 /usr/local/lib; do
    [[ -e $folder/$1 ]] && return 0
  done
  [[ -n ${LD_LIBRARY_PATH:-} ]] || return 1
  while IFS= read -r -d : folder; do
    [[ -n $folder && -e $folder/$1 ]] && return 0
  done <<< "$LD_LIBRARY_PATH:"
  return 1
}

# Sets `missing` to the packages to install, alternatives of one package joined by a bar (names differ by distribution).
find_missing_libraries() {
  missing=()
  [[ $OSTYPE == linux* ]] || return 0
  has_library libturbojpeg.so.0 || missing+=('libturbojpeg0|libturbojpeg')
  has_library libpng16.so.16 || missing+=('libpng16-16|libpng16-16t64')
  has_library libwebp.so.7 || missing+=('libwebp7')
  has_library libcairo.so.2 || missing+=('libcairo2')
  [[ -d /usr/share/fonts/truetype || -d /usr/share/fonts/TTF || -d /usr/share/fonts/dejavu ]] || missing+=('fonts-dejavu-core')
}

# The same for what tests can do without, and users need only for some data sets: libhdf5 reads princeton's MPII files.
find_missing_test_libraries() {
  missing=()
  [[ $OSTYPE == linux* ]] || return 0
  has_library libhdf5_serial.so.103 || has_library libhdf5_serial.so.310 || missing+=('libhdf5-103-1|libhdf5-310|libhdf5-103-1t64')
}

# Sets `packages` to one name for each that is missing: the first that this distribution has.
choose_packages() {
  packages=()
  local alternatives name chosen
  for alternatives in "${missing[@]}"; do
    chosen=${alternatives%%|*}
    for name in ${alternatives//|/ }; do
      if apt-cache policy "$name" 2> /dev/null | grep -q 'Candidate: [^(]'; then
        chosen=$name
        break
      fi
    done
    packages+=("$chosen")
  done
}

# Says in one line what to install.
report_missing_libraries() {
  choose_packages
  say "missing system packages; install them with: sudo apt-get install ${packages[*]}"
}

# Installs what `missing` names when root or sudo without a password is at hand; else says in one line what to install.
install_missing_libraries() {
  ((${#missing[@]})) || return 0
  local as_root=()
  if ((EUID != 0)); then as_root=(sudo -n); fi
  if ! command -v apt-get > /dev/null || ! "${as_root[@]}" true 2> /dev/null; then
    report_missing_libraries
    return 0
  fi

  local log
  log=$(mktemp)
  "${as_root[@]}" apt-get update > "$log" 2>&1 || true
  choose_packages
  if "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends "${packages[@]}" >> "$log" 2>&1; then
    missing=()
  else
    tail -n 5 "$log" >&2
    report_missing_libraries
  fi
  rm -f "$log"
}
