{{/* All faults at once, each as a sentence that says what to write. The schema of the values has refused what has no meaning at all. */}}
{{- define "guanxi.check" -}}
{{- $faults := include "guanxi.moved" . | fromJsonArray -}}
{{- $faults = concat $faults (include "guanxi.faults" . | fromJsonArray) -}}
{{- $services := include "guanxi.merged" . | fromYaml -}}
{{- range $name, $service := $services -}}
{{- if $service.enabled -}}
{{- $entry := index $.Values.services $name | default dict -}}
{{- $faults = concat $faults (include "guanxi.serviceFaults" (dict "root" $ "name" $name "service" $service "services" $services "entry" $entry) | fromJsonArray) -}}
{{- end -}}
{{- end -}}
{{- if $faults -}}
{{- fail (printf "\n\nThe values are not complete:\n  - %s\n" (join "\n  - " $faults)) -}}
{{- end -}}
{{- end }}

{{/* What people write first, from the charts that they know. */}}
{{- define "guanxi.moved" -}}
{{- $moved := dict
  "postgresql" "the chart brings no database: write services.<name>.existingSecret, and look at docs/kubernetes.md for one"
  "postgres" "the chart brings no database: write services.<name>.existingSecret, and look at docs/kubernetes.md for one"
  "databaseUrl" "addresses with passwords belong in a Secret: name it by services.<name>.existingSecret"
  "natsUrl" "addresses with passwords belong in a Secret: name it by services.<name>.existingSecret"
  "existingSecret" "each service has a Secret of its own: write services.<name>.existingSecret"
  "replicaCount" "write services.<name>.replicas, or defaults.replicas for all"
  "replicas" "write services.<name>.replicas, or defaults.replicas for all"
  "autoscaling" "write services.<name>.autoscaling, or defaults.autoscaling for all"
  "resources" "write services.<name>.resources, or defaults.resources for all"
  "oidc" "write people.issuer and people.keysUrl"
  "extraEnv" "write env, a map of names and values, or services.<name>.env" -}}
{{- $service := dict
  "replicaCount" "write replicas"
  "hpa" "write autoscaling.by: cpu"
  "keda" "write autoscaling.by: lag"
  "databaseUrl" "an address with a password belongs in a Secret: name it by existingSecret"
  "natsUrl" "an address with a password belongs in a Secret: name it by existingSecret"
  "extraEnv" "write env, a map of names and values" -}}
{{- $faults := list -}}
{{- range $key, $sentence := $moved -}}
{{- if hasKey $.Values $key -}}{{- $faults = append $faults (printf "%s: %s." $key $sentence) -}}{{- end -}}
{{- end -}}
{{- range $name, $entry := .Values.services -}}
{{- range $key, $sentence := $service -}}
{{- if hasKey ($entry | default dict) $key -}}{{- $faults = append $faults (printf "services.%s.%s: %s." $name $key $sentence) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name := list "gateway" "console" "identity" "customer" "sales" "service-desk" "interaction" "marketing" "analytics" -}}
{{- if hasKey $.Values $name -}}{{- $faults = append $faults (printf "%s: write it under services, as services.%s." $name $name) -}}{{- end -}}
{{- end -}}
{{- $faults | toJson -}}
{{- end }}

{{- define "guanxi.faults" -}}
{{- $faults := list -}}
{{- $services := include "guanxi.merged" . | fromYaml -}}
{{- $identity := (get $services "identity" | default dict).enabled -}}
{{- if not (hasKey $services "identity") -}}
{{- $faults = append $faults "services.identity is missing: every service asks identity; write enabled: false and an address where another release runs it." -}}
{{- end -}}
{{- if and $identity (not .Values.people.issuer) -}}
{{- $faults = append $faults "people.issuer is missing: write the address of your OpenID Connect issuer, as its tokens' claim iss names it." -}}
{{- end -}}
{{- if and $identity (eq (empty .Values.people.keysUrl) (empty .Values.people.keysConfigMap)) -}}
{{- $faults = append $faults "people.keysUrl or people.keysConfigMap: write one of them, the address of the issuer's public keys or a ConfigMap that holds them as jwks.json." -}}
{{- end -}}
{{- if and (not $identity) (not .Values.tokens.keysUrl) -}}
{{- $faults = append $faults "tokens.keysUrl is missing: this release does not run identity, so write where its keys are, as in http://guanxi-identity.crm:9000/keys." -}}
{{- end -}}
{{- $gateway := false -}}
{{- range $services -}}{{- if and .enabled (eq .kind "gateway") -}}{{- $gateway = true -}}{{- end -}}{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- $faults = append $faults "ingress.hosts is missing: write the names under which people come in." -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- $faults = append $faults "httpRoute.parentRefs is missing: write which Gateway the route belongs to." -}}
{{- end -}}
{{- if and (or .Values.ingress.enabled .Values.httpRoute.enabled) (not $gateway) -}}
{{- $faults = append $faults "ingress and httpRoute lead to the gateway: enable services.gateway, or leave them out." -}}
{{- end -}}
{{- $faults | toJson -}}
{{- end }}

{{- define "guanxi.serviceFaults" -}}
{{- $at := printf "services.%s" .name -}}
{{- $service := .service -}}
{{- $scaling := $service.autoscaling -}}
{{- $faults := list -}}
{{- if and (not .root.Values.image.registry) (not $service.image.repository) -}}
{{- $faults = append $faults (printf "image.registry is missing: write where you have pushed the images, as in registry.example.com/guanxi (%s has no image.repository of its own)." $at) -}}
{{- end -}}
{{- if and (eq $service.kind "service") (not $service.existingSecret) -}}
{{- $faults = append $faults (printf "%s.existingSecret is missing: name a Secret with the keys database-url, database-relay-url and nats-url." $at) -}}
{{- end -}}
{{- if and (eq $service.kind "service") $service.migration.enabled (not $service.migration.existingSecret) -}}
{{- $faults = append $faults (printf "%s.migration.existingSecret is missing: name a Secret with the key database-migrate-url, and database-admin-url and nats-url where the migration shall make roles and stream." $at) -}}
{{- end -}}
{{- range $area := $service.reads -}}
{{- if not (hasKey $.services $area) -}}
{{- $faults = append $faults (printf "%s.reads names %s, which is not under services: write it there, with enabled: false and an address where another release runs it." $at $area) -}}
{{- end -}}
{{- end -}}
{{- if and $scaling.by (hasKey .entry "replicas") -}}
{{- $faults = append $faults (printf "%s.replicas and autoscaling do not go together: leave out replicas, autoscaling.minReplicas says how many there are at least." $at) -}}
{{- end -}}
{{- if and $scaling.by (gt (int $scaling.minReplicas) (int $scaling.maxReplicas)) -}}
{{- $faults = append $faults (printf "%s.autoscaling.minReplicas is above maxReplicas." $at) -}}
{{- end -}}
{{- if and (eq $scaling.by "lag") (not $service.consumers) -}}
{{- $faults = append $faults (printf "%s.autoscaling.by: lag needs consumers, the names of its durables in the stream; where it has none, write cpu." $at) -}}
{{- end -}}
{{- if and (eq $scaling.by "lag") (not .root.Values.nats.monitoring) -}}
{{- $faults = append $faults (printf "nats.monitoring is missing: %s is scaled by lag, so write where NATS tells it, as in nats-headless.nats.svc:8222." $at) -}}
{{- end -}}
{{- range $key := list "DATABASE_URL" "DATABASE_RELAY_URL" "DATABASE_MIGRATE_URL" "DATABASE_ADMIN_URL" "NATS_URL" -}}
{{- if or (hasKey $service.env $key) (hasKey $.root.Values.env $key) -}}
{{- $faults = append $faults (printf "%s.env may not hold %s: it carries a password, so write it into a Secret and name that by existingSecret." $at $key) -}}
{{- end -}}
{{- end -}}
{{- $faults | toJson -}}
{{- end }}
