Which server, which user, which namespace: decided for each call from the files as they are.

  $ . "$TESTDIR/setup"
  $ server_up
  $ muster create raycluster demo --workers 1 >/dev/null 2>&1

Without any kubeconfig and without a server there is nothing to ask:

  $ (unset KUBECONFIG; export HOME=$PLACE/empty XDG_CONFIG_HOME=$PLACE/empty/.config XDG_STATE_HOME=$PLACE/empty/.local/state; mkdir -p "$HOME"; muster list raycluster; echo $?; muster daemon stop >/dev/null)
  muster: No kubeconfig was found: there is no */.kube/config. Set KUBECONFIG, pass --kubeconfig FILE, sign in with `muster login`, or try `muster sandbox up`. (glob)
  4

A file by option, a context by option, and a namespace by option:

  $ cp "$SERVER_KUBECONFIG" one.config
  $ muster list raycluster --kubeconfig one.config -n "$NS" -o name
  raycluster/demo
  $ muster list raycluster --kubeconfig one.config --context nowhere
  muster: There is no context "nowhere" in */one.config: it has *. (glob)
  [2]
  $ muster list raycluster --kubeconfig missing.config
  muster: There is no kubeconfig file */missing.config. (glob)
  [2]
  $ muster list raycluster --kubeconfig one.config -n nowhere
  No resources found* (glob)

Several files are merged; the first that names a current context wins, and a change is seen by the next call:

  $ printf 'apiVersion: v1\nkind: Config\ncurrent-context: second\ncontexts:\n- name: second\n  context: {cluster: %s, user: %s, namespace: %s}\n' \
  >   "$(cluster_name)" "$(user_name)" "$NS" >first.config
  $ export KUBECONFIG=$PWD/first.config:$PWD/one.config
  $ muster list raycluster -o jsonpath='{range .items[*]}{.context} {.name}{"\n"}{end}'
  second demo
  $ sed -i 's/namespace: [^}]*/namespace: elsewhere/' first.config
  $ muster list raycluster
  No resources found* (glob)

Malformed files are named:

  $ printf 'clusters: [\n' >bad.config
  $ muster list raycluster --kubeconfig bad.config
  muster: */bad.config, line ?: this is not valid YAML (*). (glob)
  [2]
