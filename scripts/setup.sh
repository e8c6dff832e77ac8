# Set-up shared by ./akimbo, ./test and .ci/run: the .NET SDK, the system libraries, quiet builds. Sourced, not run.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export MSBUILDDISABLENODEREUSE=1

say() { printf 'akimbo: %s\n' "$*" >&2; }

# Puts dotnet on the PATH, and tells the program where its runtime is when that is not a place it looks in by itself.
find_dotnet() {
  if ! command -v dotnet > /dev/null; then
    local folder
    for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
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
  has_library libpng16.so.16 || missing+=('libpng16-16t64|libpng16-16')
  has_library libwebp.so.7 || missing+=('libwebp7')
  has_library libcairo.so.2 || missing+=('libcairo2')
  [[ -d /usr/share/fonts/truetype || -d /usr/share/fonts/TTF || -d /usr/share/fonts/dejavu ]] || missing+=('fonts-dejavu-core')
}

# Says in one line what to install.
report_missing_libraries() {
  local names=("${missing[@]%%|*}")
  say "missing system packages; install them with: sudo apt-get install ${names[*]}"
}

# Installs what `missing` names when root or sudo without a password is at hand; else says in one line what to install.
install_missing_libraries() {
  ((${#missing[@]})) || return 0
  local as_root=() package name chosen=()
  if ((EUID != 0)); then
    if command -v sudo > /dev/null && sudo -n true 2> /dev/null; then as_root=(sudo -n); else as_root=(false); fi
  fi
  if [[ ${as_root[*]} == false ]] || ! command -v apt-get > /dev/null; then
    report_missing_libraries
    return 0
  fi

  local log
  log=$(mktemp)
  "${as_root[@]}" apt-get update > "$log" 2>&1 || true
  for package in "${missing[@]}"; do
    for name in ${package//|/ }; do
      apt-cache policy "$name" 2> /dev/null | grep -q 'Candidate: [^(]' && break
    done
    chosen+=("$name")
  done
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends "${chosen[@]}" >> "$log" 2>&1; then
    tail -n 5 "$log" >&2
    report_missing_libraries
  fi
  rm -f "$log"
}
