{{/* A rule's ports, and the peers of it: an empty list means anybody. */}}
{{- define "guanxi.rule" -}}
- ports:
    {{- range .ports }}
    - port: {{ kindIs "string" . | ternary . (int .) }}
      protocol: TCP
    {{- end }}
  {{- with .peers }}
  {{ $.key }}:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{/* The pods of some services of this release. */}}
{{- define "guanxi.ours" -}}
- podSelector:
    matchLabels:
      {{- include "guanxi.selector" (dict "root" .root) | nindent 6 }}
    matchExpressions:
      - key: app.kubernetes.io/component
        operator: In
        values: {{ .components | uniq | sortAlpha | toJson }}
{{- end }}

{{/* Who calls a service: every gateway, whoever reads its log, and all where it is identity. */}}
{{- define "guanxi.callers" -}}
{{- $callers := list -}}
{{- range $name, $each := .services -}}
{{- if $each.enabled -}}
{{- if has $.name (include "guanxi.areas" (dict "name" $name "service" $each "services" $.services) | fromJsonArray) -}}
{{- $callers = append $callers $name -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $callers | toJson -}}
{{- end }}

{{- define "guanxi.ingress" -}}
{{- $policy := .root.Values.networkPolicy -}}
{{- if ne .service.kind "service" }}
{{ include "guanxi.rule" (dict "key" "from" "ports" (list "http") "peers" $policy.gatewayFrom) }}
{{- else }}
{{- $callers := include "guanxi.callers" . | fromJsonArray }}
{{- $peers := $policy.callersFrom }}
{{- if $callers }}
{{- $peers = concat (include "guanxi.ours" (dict "root" .root "components" $callers) | fromYamlArray) $peers }}
{{- end }}
{{- if $peers }}
{{ include "guanxi.rule" (dict "key" "from" "ports" (eq .name "identity" | ternary (list "grpc" "management") (list "grpc")) "peers" $peers) }}
{{- end }}
{{- end }}
{{- with $policy.metricsFrom }}
{{ include "guanxi.rule" (dict "key" "from" "ports" (list "management") "peers" .) }}
{{- end }}
{{- end }}

{{- define "guanxi.egress" -}}
{{- $policy := .root.Values.networkPolicy -}}
{{- $areas := include "guanxi.areas" . | fromJsonArray -}}
{{- $here := list -}}
{{- $away := list -}}
{{- range $areas -}}
{{- if (index $.services .).enabled -}}{{- $here = append $here . -}}{{- else -}}{{- $away = append $away . -}}{{- end -}}
{{- end }}
{{- with $here }}
{{ include "guanxi.rule" (dict "key" "to" "ports" (list 50051) "peers" (include "guanxi.ours" (dict "root" $.root "components" .) | fromYamlArray)) }}
{{- end }}
{{- if and (eq .service.kind "service") (has "identity" $here) }}
{{ include "guanxi.rule" (dict "key" "to" "ports" (list 9000) "peers" (include "guanxi.ours" (dict "root" .root "components" (list "identity")) | fromYamlArray)) }}
{{- end }}
{{- if $away }}
{{ include "guanxi.rule" (dict "key" "to" "ports" (list 50051 9000) "peers" $policy.elsewhereTo) }}
{{- end }}
{{- if eq .service.kind "service" }}
{{ include "guanxi.rule" (dict "key" "to" "ports" (list $policy.ports.postgres) "peers" $policy.postgresTo) }}
{{- end }}
{{- if or (eq .service.kind "service") (and (eq .service.kind "gateway") .service.existingSecret) }}
{{ include "guanxi.rule" (dict "key" "to" "ports" (list $policy.ports.nats) "peers" $policy.natsTo) }}
{{- end }}
{{- if eq .name "identity" }}
{{ include "guanxi.rule" (dict "key" "to" "ports" $policy.ports.keys "peers" $policy.keysTo) }}
{{- end }}
{{- if .root.Values.otel.endpoint }}
{{ include "guanxi.rule" (dict "key" "to" "ports" (list $policy.ports.otlp) "peers" $policy.otlpTo) }}
{{- end }}
{{- end }}
