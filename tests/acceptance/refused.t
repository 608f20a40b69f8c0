What the webhook of AppWrapper's operator refuses is said in its own words, and nothing is made.

  $ . "$TESTDIR/setup"
  $ server_up
  $ pod='apiVersion: v1, kind: Pod, spec: {containers: [{name: c, image: example.org/none}]}'
  $ wrapping() { echo "{apiVersion: workload.codeflare.dev/v1beta2, kind: AppWrapper, metadata: {name: refused}, spec: {components: [{template: {$1}}]}}"; }

Something in another namespace, and nothing that has pods:

  $ wrapping "$pod, metadata: {name: p, namespace: kube-system}" | muster create appwrapper -f -
  muster: You may not create the AppWrapper refused in the namespace *: admission webhook "vappwrapper.kb.io" denied the request: spec.components[0].template.metadata.namespace: Forbidden: AppWrappers cannot create objects in other namespaces. (glob)
  [4]
  $ wrapping "$pod, metadata: {name: p, namespace: kube-system}" | muster apply appwrapper -f -
  muster: You may not apply the AppWrapper refused in the namespace *: admission webhook "vappwrapper.kb.io" denied the request: spec.components[0].template.metadata.namespace: Forbidden: AppWrappers cannot create objects in other namespaces. (glob)
  [4]
  $ wrapping "apiVersion: v1, kind: ConfigMap, metadata: {name: c}" | muster create appwrapper -f - 2>&1 | grep -o 'components contains no podspecs'
  components contains no podspecs
  $ muster explain appwrapper refused
  muster: There is no AppWrapper refused in the namespace *. (glob)
  [3]
  $ muster list appwrapper -o name
  No resources found

A RayCluster by its options, in the same way, and as a dry run that asks the server:

  $ muster define raycluster away --workers 1 --local-queue '' -o yaml 2>/dev/null | sed 's/^\( \{6,\}\)name: away$/&\n\1namespace: kube-system/' >away.yaml
  $ grep -c kube-system away.yaml
  1
  $ muster create raycluster away --dry-run
  muster: * denied the request: spec.components[0].template.metadata.namespace: Forbidden: AppWrappers cannot create objects in other namespaces. (glob)
  [4]

What is wrapped cannot be changed:

  $ wrapping "$pod, metadata: {name: p}" | muster create appwrapper -f - 2>/dev/null
  appwrapper.workload.codeflare.dev/refused created
  $ wrapping "$pod, metadata: {name: q}" | muster apply appwrapper -f -
  muster: You may not apply the AppWrapper refused in the namespace *: admission webhook "vappwrapper.kb.io" denied the request: spec.components[0].template.raw: Forbidden: attempt to change immutable field. (glob)
  [4]
  $ muster delete appwrapper refused -y --wait --timeout 1m 2>/dev/null
  appwrapper.workload.codeflare.dev/refused deleted
