What an AppWrapper holds can be refused later, when its operator makes it: by another operator's webhook, here Kueue's. `explain` has its words.

  $ . "$TESTDIR/setup"
  $ only_on real
  $ server_up
  $ cat >denied.yaml <<'Y'
  > apiVersion: workload.codeflare.dev/v1beta2
  > kind: AppWrapper
  > metadata:
  >   name: denied
  >   annotations: {workload.codeflare.dev.appwrapper/admissionGracePeriodDuration: 1s, workload.codeflare.dev.appwrapper/retryLimit: "0"}
  > spec:
  >   components:
  >   - template:
  >       apiVersion: ray.io/v1
  >       kind: RayCluster
  >       metadata: {name: denied, labels: {kueue.x-k8s.io/queue-name: NOT_A_NAME}}
  >       spec: {headGroupSpec: {rayStartParams: {}, template: {spec: {containers: [{name: ray-head, image: example.org/none}]}}}}
  > Y
  $ muster create raycluster denied 2>/dev/null
  raycluster.ray.io/denied created (in AppWrapper denied)
  $ code muster wait raycluster denied --timeout 1m 2>&1 | tail -2 | sed 's/: a lowercase.*//'
  muster: raycluster denied cannot become ready: FAILED: what it wraps cannot be created: error creating components: admission webhook "vraycluster.kb.io" denied the request: metadata.labels[kueue.x-k8s.io/queue-name]: Invalid value: "NOT_A_NAME"
  exit 1
  $ muster explain raycluster denied | sed 's/: a lowercase.*//'
  RayCluster denied is FAILED: what it wraps cannot be created: error creating components: admission webhook "vraycluster.kb.io" denied the request: metadata.labels[kueue.x-k8s.io/queue-name]: Invalid value: "NOT_A_NAME"
  to do: The server refused what it is made of: * (glob)
