{{/* What a process is told in the open, by name: so no name comes twice. What an entry's `env` says counts most. */}}
{{- define "guanxi.plain" -}}
{{- $values := .root.Values -}}
{{- $env := dict "HOST" "0.0.0.0" "MANAGEMENT_PORT" "9000" "LOG_LEVEL" $values.logLevel "DRAIN_SECONDS" (.service.drainSeconds | int | toString) -}}
{{- range $area := include "guanxi.areas" . | fromJsonArray -}}
{{- $_ := set $env (printf "%s_GRPC_URL" ($area | upper | replace "-" "_")) (include "guanxi.address" (merge (dict "area" $area) $)) -}}
{{- end -}}
{{- if ne .service.kind "service" -}}
{{- $_ := set $env "HTTP_PORT" "8080" -}}
{{- if and (eq .service.kind "gateway") .service.existingSecret -}}
{{- $_ := set $env "NATS_STREAM" $values.nats.stream -}}
{{- end -}}
{{- with and (eq .service.kind "gateway") (include "guanxi.publicUrl" $values) -}}
{{- $_ := set $env "PUBLIC_URL" . -}}
{{- end -}}
{{- else -}}
{{- $_ := set $env "GRPC_PORT" "50051" -}}
{{- $env = include "guanxi.merge" (list $env (include "guanxi.stream" . | fromYaml)) | fromYaml -}}
{{- $_ := set $env "TOKEN_ISSUER" $values.tokens.issuer -}}
{{- $_ := set $env "TOKEN_KEYS_URL" ($values.tokens.keysUrl | default (printf "http://%s-identity:9000/keys" (include "guanxi.fullname" .root))) -}}
{{- $_ := set $env "IDENTITY_TOKEN_FILE" "/var/run/guanxi/token/token" -}}
{{- end -}}
{{- if eq .name "identity" -}}
{{- $env = include "guanxi.merge" (list $env (include "guanxi.trust" . | fromYaml)) | fromYaml -}}
{{- end -}}
{{- with $values.otel.endpoint -}}
{{- $_ := set $env "OTEL_EXPORTER_OTLP_ENDPOINT" . -}}
{{- $_ := set $env "OTEL_SERVICE_NAME" $.name -}}
{{- end -}}
{{- $env = include "guanxi.merge" (list $env $values.env) | fromYaml -}}
{{- include "guanxi.merge" (list $env .service.env) -}}
{{- end }}

{{/* Where people come in: by the ingress, else by the route, whose TLS is the Gateway's matter. A name with a * is no address. */}}
{{- define "guanxi.publicUrl" -}}
{{- if .ingress.enabled -}}
{{- printf "%s://%s" (empty .ingress.tls | ternary "http" "https") (first .ingress.hosts) -}}
{{- else if .httpRoute.enabled -}}
{{- $names := list -}}
{{- range .httpRoute.hostnames -}}
{{- if not (contains "*" .) -}}
{{- $names = append $names . -}}
{{- end -}}
{{- end -}}
{{- with first $names -}}
{{- printf "https://%s" . -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* What a service and its migration are both told: either may make the stream, if its user of NATS may. */}}
{{- define "guanxi.stream" -}}
PROFILE: {{ .root.Values.profile }}
NATS_STREAM: {{ .root.Values.nats.stream | quote }}
NATS_REPLICAS: {{ .root.Values.nats.replicas | int | quote }}
{{- end }}

{{/* Whom identity believes: one issuer for people, the cluster for the services. */}}
{{- define "guanxi.trust" -}}
{{- $people := .root.Values.people -}}
{{- $platform := .root.Values.platform -}}
OIDC_ISSUER: {{ $people.issuer | quote }}
OIDC_AUDIENCE: {{ $people.audience | quote }}
{{- if $people.keysConfigMap }}
OIDC_KEYS_FILE: /etc/guanxi/people/jwks.json
{{- else }}
OIDC_KEYS_URL: {{ $people.keysUrl | quote }}
{{- end }}
SERVICE_AUDIENCE: {{ .root.Values.tokens.audience | quote }}
SERVICE_ISSUER: {{ $platform.issuer | quote }}
SERVICE_SUBJECTS: {{ include "guanxi.subjects" . | quote }}
{{- if $platform.keysConfigMap }}
SERVICE_KEYS_FILE: /etc/guanxi/platform/jwks.json
{{- else }}
SERVICE_KEYS_URL: {{ $platform.keysUrl | quote }}
{{- if $platform.keysNeedToken }}
SERVICE_KEYS_TOKEN_FILE: /var/run/guanxi/cluster/token
NODE_EXTRA_CA_CERTS: /var/run/guanxi/cluster/ca.crt
{{- end }}
{{- end }}
{{- end }}

{{- define "guanxi.subjects" -}}
{{- $subjects := list -}}
{{- range $name, $service := .services -}}
{{- if and $service.enabled (eq $service.kind "service") -}}
{{- $subjects = append $subjects (printf "system:serviceaccount:%s:%s-%s=%s" $.root.Release.Namespace (include "guanxi.fullname" $.root) $name $name) -}}
{{- end -}}
{{- end -}}
{{- range $subject, $name := .root.Values.platform.subjects -}}
{{- $subjects = append $subjects (printf "%s=%s" $subject $name) -}}
{{- end -}}
{{- $subjects | join "," -}}
{{- end }}

{{/* The names that only a Secret may give, with the Secret and its key. */}}
{{- define "guanxi.secrets" -}}
{{- $own := .service.existingSecret -}}
{{- $migration := .service.migration.existingSecret -}}
{{- $secrets := dict -}}
{{- if eq .service.kind "service" -}}
{{- $_ := set $secrets "DATABASE_URL" (list $own "database-url") -}}
{{- $_ := set $secrets "DATABASE_RELAY_URL" (list $own "database-relay-url") -}}
{{- if .migrating -}}
{{- $_ := set $secrets "DATABASE_MIGRATE_URL" (list $migration "database-migrate-url") -}}
{{- $_ := set $secrets "DATABASE_ADMIN_URL" (list $migration "database-admin-url" true) -}}
{{- $_ := set $secrets "NATS_URL" (list $migration "nats-url" true) -}}
{{- else -}}
{{- $_ := set $secrets "NATS_URL" (list $own "nats-url") -}}
{{- end -}}
{{- else if and (eq .service.kind "gateway") $own -}}
{{- $_ := set $secrets "NATS_URL" (list $own "nats-url") -}}
{{- end -}}
{{- toYaml $secrets -}}
{{- end }}

{{- define "guanxi.env" -}}
{{- range $key, $value := include (.migrating | ternary "guanxi.stream" "guanxi.plain") . | fromYaml }}
- name: {{ $key }}
  value: {{ $value | quote }}
{{- end }}
{{- range $key, $place := include "guanxi.secrets" . | fromYaml }}
- name: {{ $key }}
  valueFrom:
    secretKeyRef:
      name: {{ index $place 0 }}
      key: {{ index $place 1 }}
      {{- if gt (len $place) 2 }}
      optional: true
      {{- end }}
{{- end }}
{{- end }}
