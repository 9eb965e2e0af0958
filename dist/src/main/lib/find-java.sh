# shellcheck shell=sh
# Finds a Java of at least some version. Sourced by bin/slipway, and by the build's ./mvnw.
#
#   find_java VERSION PROGRAM
#
# PROGRAM, "java" or "javac", is what has to be in the bin/ of the Java that is found. Sets
# java_home and java_version (the major one) and succeeds, or fails. JAVA_HOME comes first, then
# the PATH, then the newest in the usual places of Linux and macOS.

# The major version of the Java in folder $1, from its "release" file, else from what it says.
java_version_of() {
  _version=
  if [ -r "$1/release" ]; then
    _version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  if [ -z "$_version" ]; then
    _version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  fi
  echo "${_version:-0}"
}

# Takes the Java in folder $1 if it has program $3 and is not older than $2.
try_java() {
  [ -n "$1" ] && [ -x "$1/bin/$3" ] && [ -x "$1/bin/java" ] || return 1
  _found=$(java_version_of "$1")
  [ "$_found" -ge "$2" ] || return 1
  java_home=$1
  java_version=$_found
}

# The folder of the Java whose program on the PATH is $1.
java_home_of() {
  _program=$1
  while [ -L "$_program" ]; do
    _target=$(readlink "$_program")
    case $_target in
      /*) _program=$_target ;;
      *) _program=${_program%/*}/$_target ;;
    esac
  done
  (cd "${_program%/*}/.." 2>/dev/null && pwd -P)
}

find_java() {
  java_home=
  java_version=0
  try_java "${JAVA_HOME:-}" "$1" "$2" && return 0
  _on_path=$(command -v java) && try_java "$(java_home_of "$_on_path")" "$1" "$2" && return 0
  for _candidate in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/*; do
    _least=$((java_version + 1))
    [ "$_least" -gt "$1" ] || _least=$1
    try_java "$_candidate" "$_least" "$2" || :
  done
  [ -n "$java_home" ]
}
