#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Becomes one part of a sandbox and stays it. Everything a part makes (network, mounts, processes) lives in namespaces
# that only its processes hold: when they are gone, the kernel takes the rest away. Hence no clean-up here.
#   part.sh switch LINK ADDRESS CALLER_NETNS             a bridge, reached from the caller's network over LINK
#   part.sh host NAME ADDRESS SWITCH_NETNS DIR SERVER    a machine of its own below DIR/fs, on that bridge
#   part.sh sshd CONFIG                                  an SSH server in the caller's own network, as the caller
set -euo pipefail

self=$0
role=$1
shift

# What the caller left open (a pipe of a test runner, say) must not be held for as long as the sandbox lives.
close_inherited() {
  local fd
  for fd in /proc/self/fd/*; do
    fd=${fd##*/}
    if ((fd > 2 && fd != 255)); then
      eval "exec $fd>&-"
    fi
  done
}

keep_sshd() {
  while :; do
    /usr/sbin/sshd -D -e "$@" &
    wait $! || true
    sleep 0.5
  done
}

in_switch() {
  local link=$1 address=$2 caller=$3
  ip link add br0 type bridge
  ip link set br0 up
  ip link add uplink type veth peer name "$link" netns "$caller"
  ip link set uplink master br0 up
  nsenter --net="$caller" ip address add "$address/24" dev "$link"
  nsenter --net="$caller" ip link set "$link" up
  exec sleep infinity
}

# The address is spelled out in the MAC address, so that a host that was set up anew is found under the old one.
join_network() {
  local name=$1 address=$2 switch=$3 mac a b c d
  IFS=. read -r a b c d <<<"$address"
  mac=$(printf '02:5a:%02x:%02x:%02x:%02x' "$a" "$b" "$c" "$d")
  ip link set lo up
  nsenter --net="$switch" ip link delete "$name" 2>/dev/null || true
  ip link add eth0 address "$mac" type veth peer name "$name" netns "$switch"
  nsenter --net="$switch" ip link set "$name" master br0 up
  ip address add "$address/24" dev eth0
  ip link set eth0 up
}

# What programs on a node look up in /etc; nothing that is secret on this machine.
fill_etc() {
  local etc=$1 name=$2 entry
  mkdir -p "$etc/ssl"
  for entry in alternatives bash.bashrc ca-certificates debian_version default/locale environment gai.conf group \
    host.conf inputrc iproute2 ld.so.cache ld.so.conf ld.so.conf.d localtime locale.alias locale.gen login.defs \
    lsb-release netconfig nftables.conf nsswitch.conf os-release pam.conf pam.d postgresql-common profile protocols \
    rpc security services shells ssl/certs ssl/openssl.cnf terminfo timezone; do
    if [ -e "/etc/$entry" ] && [ ! -e "$etc/$entry" ]; then
      mkdir -p "$(dirname "$etc/$entry")"
      cp -a "/etc/$entry" "$etc/$entry"
    fi
  done
  sed 's#^root:.*#root:x:0:0:root:/root:/bin/bash#' /etc/passwd >"$etc/passwd"
  sed 's#:.*#:*:19000:0:99999:7:::#' /etc/passwd >"$etc/shadow"
  chmod 640 "$etc/shadow"
  printf '%s\n' "$name" >"$etc/hostname"
  tr -d - </proc/sys/kernel/random/uuid >"$etc/machine-id"
  : >"$etc/resolv.conf"
}

mount_root() {
  local root=$1 server=$2 dir
  mkdir -p "$root"/{dev,proc,sys,run,usr,tmp,root,home,srv,mnt,opt/ai-memory-mcp,etc/ai-memory,var/{tmp,log,lib,cache}}
  chmod 755 "$root"
  chmod 1777 "$root/tmp" "$root/var/tmp"
  chmod 700 "$root/root"
  [ -e "$root/var/run" ] || ln -s /run "$root/var/run"
  mount --bind "$root" "$root"
  for dir in bin sbin lib lib32 lib64 libx32; do
    if [ -L "/$dir" ]; then
      [ -L "$root/$dir" ] || cp -a "/$dir" "$root/$dir"
    elif [ -d "/$dir" ]; then
      mkdir -p "$root/$dir"
      mount -o rbind,ro "/$dir" "$root/$dir"
    fi
  done
  mount -o rbind,ro /usr "$root/usr"
  mount -o bind,ro "$server" "$root/usr/local/bin"
  mount --rbind /dev "$root/dev"
  [ ! -d /dev/shm ] || mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
  mount -t tmpfs -o mode=755 tmpfs "$root/run"
  mkdir -p "$root/run/sshd" "$root/run/lock"
  mount -t sysfs sysfs "$root/sys"
  mount -t proc proc "$root/proc"
  # A host that comes back has booted anew, as its jobs must see.
  cat /proc/sys/kernel/random/uuid >"$root/run/boot_id"
  mount --bind "$root/run/boot_id" "$root/proc/sys/kernel/random/boot_id"
}

in_host() {
  local name=$1 address=$2 switch=$3 dir=$4 server=$5
  join_network "$name" "$address" "$switch"
  printf '%s\n' "$name" >/proc/sys/kernel/hostname
  fill_etc "$dir/fs/etc" "$name"
  install -m 755 "$self" "$dir/fs/etc/sandbox-part"
  mount_root "$dir/fs" "$server"
  exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    chroot "$dir/fs" /bin/bash /etc/sandbox-part sshd /etc/ssh/sshd_config
}

case $role in
switch)
  close_inherited
  exec unshare --net /bin/bash "$self" in-switch "$@"
  ;;
host)
  close_inherited
  # A process namespace, so that killing "all servers" on a host means this host's, and the host's end ends them all.
  exec unshare --net --mount --uts --ipc --pid --fork --kill-child /bin/bash "$self" in-host "$@"
  ;;
sshd)
  close_inherited
  keep_sshd -f "$1"
  ;;
in-switch) in_switch "$@" ;;
in-host) in_host "$@" ;;
*)
  echo "part.sh: there is no part \"$role\"" >&2
  exit 2
  ;;
esac
