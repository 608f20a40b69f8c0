One record, many forms.

  $ . "$TESTDIR/setup"
  $ server_up
  $ muster create raycluster demo --workers 1 --wait >/dev/null 2>&1

In a pipe: tab-separated, without colour; and every spelling of the noun is one noun:

  $ muster list raycluster | cat -t
  $ muster list rayclusters --no-headers | cut -f 2
  $ muster list ray-cluster -o name
  raycluster/demo
  $ muster raycluster list -o name
  raycluster/demo
  $ muster list raycluster -o csv | head -1
  $ muster list raycluster -o wide | head -1 | tr '\t' ' '

Records:

  $ muster get raycluster demo -o json | jq -r 'keys_unsorted | join(" ")'
  $ muster get raycluster demo -o yaml | grep -E '^(kind|name|state|ready)'
  $ muster get raycluster demo -o jsonpath='{.state}'
  READY
  $ muster list raycluster -o json | jq -r '.[0].name // .items[0].name'
  demo
  $ muster list raycluster -o jsonpath='{range .items[*]}{.name}={.state}{"\n"}{end}'
  demo=READY

The system's own object, whole:

  $ muster get raycluster demo -o manifest | grep -E '^(apiVersion|kind|status):'

All namespaces, and labels:

  $ muster list raycluster -A -o name | grep -c '^raycluster/demo$'
  1
  $ muster create raycluster blue --workers 1 --label team=blue >/dev/null 2>&1
  $ muster list raycluster -l team=blue -o name
  raycluster/blue
  $ muster list raycluster -l 'team!=blue' -o name
  raycluster/demo

How old an answer may be:

  $ muster status raycluster demo --fresh -o jsonpath='{.state}'
  READY
  $ muster list raycluster --max-age 1h -o name | sort
  raycluster/blue
  raycluster/demo
