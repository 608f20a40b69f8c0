Signing in and out: the server is asked before anything is written, and what is others' stays as it is.

  $ . "$TESTDIR/setup"
  $ server_up
  $ as admin
  $ as alice
  $ token_of "$KUBECONFIG" >token; chmod 600 token
  $ URL=$(sed -n 's/.*server: *"*\([^ },"]*\).*/\1/p' "$KUBECONFIG" | head -1)
  $ printf '# mine\napiVersion: v1\nkind: Config\nclusters: []\nusers: []\ncontexts: []\n' >mine.config
  $ cp mine.config before.config
  $ export KUBECONFIG=$PWD/mine.config

Nobody can be asked here, so what is missing is said; a command names the way in:

  $ muster login --server "$URL" </dev/null
  muster: a login needs a token: --token-file FILE, or --token - to read it from standard input
  [2]
  $ muster login --server "$URL" --token-file token --certificate-authority none.pem
  muster: --certificate-authority: */none.pem is not there. (glob)
  [2]

A token that is refused changes nothing:

  $ echo canary-wrong | muster login --server "$URL" --token - --insecure-skip-tls-verify
  muster: https://* refused the credentials; sign in with `muster login`. (glob)
  [4]
  $ cmp mine.config before.config

One that is taken is written down, and everything works with it:

  $ muster login --server "$URL" --token - --insecure-skip-tls-verify -n "$NS" <token
  warning: The certificate of https://* is not checked: whoever is in between can read the token. (glob)
  Logged into 'https://*' (glob)
  as *, context *@* in */mine.config (glob)
  $ head -1 mine.config; grep -c "$(cat token)" mine.config; stat -c %a "$HOME/.config/muster/logins.json"
  # mine
  1
  600
  $ muster whoami | sed -n '/^User\|^Namespace/p' | wc -l
  2
  $ muster list raycluster -o name
  No resources found* (glob)
  $ muster list context | grep -c '^[*]'
  1
  $ [ "$ON" = sandbox ] || "$KUBECTL" get rayclusters >kubectl.out 2>&1 || cat kubectl.out

Out again: the file is as it was, and the token is in no file of ours:

  $ muster logout
  Successfully logged out of 'https://*' (glob)
  $ diff before.config mine.config | sed 's/^> //'
  6a7
  current-context: ""
  $ muster logout
  Not logged in
  $ grep -rlFf token "$HOME/.config" "$HOME/.local/state/muster" --exclude-dir sandbox
  [1]

Another kubeconfig from now on, until logout:

  $ unset KUBECONFIG
  $ cp "$PLACE/admin.kubeconfig" lab.config
  $ muster login --configpath=lab.config
  Logged into 'https://*' (glob)
  as *, context * in */lab.config (glob)
  $ muster list raycluster -o name
  No resources found* (glob)
  $ muster list context -o json | grep -c lab.config
  1
  $ muster logout
  Successfully logged out of 'https://*' (glob)
  $ cmp lab.config "$PLACE/admin.kubeconfig"
  $ muster login --configpath=none.config
  muster: There is no kubeconfig file */none.config. (glob)
  [2]
