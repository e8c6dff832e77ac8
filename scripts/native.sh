#!/usr/bin/env bash
# Compiles the command ahead of time for the processor of this machine: native.sh FOLDER
# The program in FOLDER starts in half the time of ./akimbo and needs no .NET. It takes clang, or gcc, and zlib1g-dev.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd -P)
source "$root/scripts/setup.sh"
[[ $# -eq 1 ]] || { say 'usage: scripts/native.sh FOLDER'; exit 2; }
find_dotnet
linker=$(command -v clang > /dev/null && echo clang || echo gcc)
command -v "$linker" > /dev/null || { say 'Neither clang nor gcc is installed; install one, and zlib1g-dev.'; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet publish "$root/src/Akimbo.Cli" --configuration Release --use-current-runtime --output "$work/program" --artifacts-path "$work/artifacts" -nologo -v quiet \
  -p:PublishAot=true -p:PublishReadyToRun=false -p:IlcInstructionSet=native -p:CppCompilerAndLinker="$linker"
mkdir -p "$1"
mv "$work/program/Akimbo.Cli" "$1/akimbo.tmp"
mv "$1/akimbo.tmp" "$1/akimbo"
echo "$1/akimbo"
