#!/bin/sh
# Asks what a scan needs to know, in plain questions, and scans. The result goes onto this stick. Usage: sh scan.sh

kit=$(cd -- "$(dirname -- "$0")" && pwd -P) || exit 2

ask() {
    answer=
    while [ -z "$answer" ]; do
        printf '%s\n> ' "$1"
        read -r answer || exit 2
    done
}

ask_or_none() {
    printf '%s\n> ' "$1"
    read -r answer || exit 2
}

echo "Mount what you scan read-only, and know on what authority you scan it. Ctrl-C stops; the same answers resume."
ask "What is to be scanned? A folder, an archive or an image, as /media/EXHIBIT"
source=$answer
if [ ! -e "$source" ]; then
    echo "kavalan: $source does not exist, or may not be seen" >&2
    exit 2
fi
ask "On what authority? Its reference, as FIR 12/2026"
authority=$answer
ask "Who scans? Your name"
examiner=$answer
ask_or_none "For which unit? Its name as agreements of lists have it; Enter for none"
unit=$answer
ask "A short name for the result, of letters, digits and '-', as phone-1"
name=$answer
case $name in
*[!A-Za-z0-9-]*)
    echo "kavalan: $name has other signs than letters, digits and '-'" >&2
    exit 2
    ;;
esac
ask_or_none "Which key signs the result? The file of your private key; Enter leaves it unsigned"
key=$answer

set -- "$source" --out "$kit/results/$name" --authority "$authority" --examiner "$examiner"
[ -z "$unit" ] || set -- "$@" --unit "$unit"
[ -z "$key" ] || set -- "$@" --key "$key"
for list in "$kit"/lists/*/CURRENT; do
    [ -e "$list" ] || continue
    set -- "$@" --lists "$(basename "$(dirname "$list")")"
done
mkdir -p "$kit/results"
sh "$kit/kavalan" scan "$@"
code=$?
sync
echo "The result lies in $kit/results/$name. Unmount the stick before you take it out."
exit $code
