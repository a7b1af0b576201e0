{{/* What the objects of a release are called after. Short, since the longest name that is made of it has 63 letters. */}}
{{- define "guanxi.fullname" -}}
{{- $name := .Values.fullnameOverride | default (contains "guanxi" .Release.Name | ternary .Release.Name (printf "%s-guanxi" .Release.Name)) -}}
{{- $name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{/* One map laid over another, at every depth. Sprig's own mergeOverwrite takes `false` and 0 for "not said". */}}
{{- define "guanxi.merge" -}}
{{- $merged := deepCopy (index . 0) -}}
{{- range $key, $value := index . 1 -}}
{{- if and (kindIs "map" $value) (kindIs "map" (get $merged $key)) -}}
{{- $_ := set $merged $key (include "guanxi.merge" (list (get $merged $key) $value) | fromYaml) -}}
{{- else -}}
{{- $_ := set $merged $key $value -}}
{{- end -}}
{{- end -}}
{{- toYaml $merged -}}
{{- end }}

{{/* Every service as it is meant: `defaults` with what its entry says laid over them. All templates begin here, so faults are told first. */}}
{{- define "guanxi.services" -}}
{{- include "guanxi.check" . -}}
{{- include "guanxi.merged" . -}}
{{- end }}

{{- define "guanxi.merged" -}}
{{- $services := dict -}}
{{- range $name, $entry := .Values.services -}}
{{- $_ := set $services $name (include "guanxi.merge" (list $.Values.defaults ($entry | default dict)) | fromYaml) -}}
{{- end -}}
{{- toYaml $services -}}
{{- end }}

{{/* By these a pod is found; they never change, for a Deployment's selector cannot. */}}
{{- define "guanxi.selector" -}}
app.kubernetes.io/name: guanxi
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{- define "guanxi.labels" -}}
{{ include "guanxi.selector" . }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with .service }}
app.kubernetes.io/version: {{ include "guanxi.version" $ | quote }}
{{- end }}
{{- end }}

{{- define "guanxi.tag" -}}
{{- .service.image.tag | default .root.Values.image.tag | default .root.Chart.AppVersion -}}
{{- end }}

{{/* The tag as a label may have it. */}}
{{- define "guanxi.version" -}}
{{- include "guanxi.tag" . | trunc 63 | trimAll "-_." -}}
{{- end }}

{{- define "guanxi.image" -}}
{{- $repository := .service.image.repository | default (printf "%s/%s" (trimSuffix "/" .root.Values.image.registry) .name) -}}
{{- with .service.image.digest -}}
{{ $repository }}@{{ . }}
{{- else -}}
{{ $repository }}:{{ include "guanxi.tag" . }}
{{- end -}}
{{- end }}

{{/* Where the gRPC port of an area is: in this release, or where its entry says. */}}
{{- define "guanxi.address" -}}
{{- $service := index .services .area -}}
{{- $service.address | default (printf "dns:///%s-%s:50051" (include "guanxi.fullname" .root) .area) -}}
{{- end }}

{{/* The entry that shows the pages, where this release runs one. */}}
{{- define "guanxi.console" -}}
{{- range $name, $service := include "guanxi.merged" . | fromYaml -}}
{{- if and $service.enabled (eq $service.kind "console") -}}{{- $name -}}{{- end -}}
{{- end -}}
{{- end }}

{{/* Whose logs a service reads, identity's always: it says who may do what. */}}
{{- define "guanxi.areas" -}}
{{- $areas := eq .service.kind "service" | ternary (append .service.reads "identity") list -}}
{{- if eq .service.kind "gateway" -}}
{{- range $name, $each := .services -}}
{{- if eq $each.kind "service" -}}{{- $areas = append $areas $name -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- $areas | uniq | sortAlpha | toJson -}}
{{- end }}
