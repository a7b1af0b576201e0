{{/* A pod of a service, or of its migration: the same image, account and fences. */}}
{{- define "guanxi.pod" -}}
{{- $service := .service -}}
{{- $component := .migrating | ternary (printf "%s-migrate" .name) .name -}}
metadata:
  labels:
    {{- /* Without the chart's version: another chart with the same image shall start nothing anew. */}}
    {{- include "guanxi.selector" (dict "root" .root "component" $component) | nindent 4 }}
    app.kubernetes.io/version: {{ include "guanxi.version" . | quote }}
    {{- with $service.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with $service.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "guanxi.fullname" .root }}-{{ .name }}
  automountServiceAccountToken: false
  enableServiceLinks: false # the variables they would bring are no settings of ours
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile:
      type: RuntimeDefault
  {{- if .migrating }}
  restartPolicy: Never # each attempt keeps its log
  {{- else }}
  terminationGracePeriodSeconds: {{ int $service.terminationGracePeriodSeconds }}
  {{- with $service.topologySpread.keys }}
  topologySpreadConstraints:
    {{- range . }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: {{ $service.topologySpread.whenUnsatisfiable }}
      labelSelector:
        matchLabels:
          {{- include "guanxi.selector" (merge (dict "component" $component) $) | nindent 10 }}
      matchLabelKeys: [pod-template-hash]
    {{- end }}
  {{- end }}
  {{- end }}
  {{- with $service.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $service.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $service.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $service.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ .migrating | ternary "migrate" .name }}
      image: {{ include "guanxi.image" . }}
      imagePullPolicy: {{ $service.image.pullPolicy | default .root.Values.image.pullPolicy }}
      {{- if .migrating }}
      args: [migrate]
      {{- end }}
      env:
        {{- include "guanxi.env" . | trim | nindent 8 }}
      {{- if not .migrating }}
      ports:
        {{- if ne $service.kind "service" }}
        - name: http
          containerPort: 8080
        {{- else }}
        - name: grpc
          containerPort: 50051
        {{- end }}
        - name: management
          containerPort: 9000
      {{- range $probe, $path := dict "startupProbe" "/health/started" "livenessProbe" "/health/live" "readinessProbe" "/health/ready" }}
      {{ $probe }}:
        httpGet:
          path: {{ $path }}
          port: management
        {{- toYaml (index $service.probes (trimSuffix "Probe" $probe)) | nindent 8 }}
      {{- end }}
      {{- end }}
      resources:
        {{- toYaml (.migrating | ternary $service.migration.resources $service.resources) | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- if not .migrating }}
        {{- include "guanxi.mounts" . | trim | nindent 8 }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {}
    {{- if not .migrating }}
    {{- include "guanxi.volumes" . | trim | nindent 4 }}
    {{- end }}
{{- end }}

{{- define "guanxi.mounts" -}}
{{- if eq .service.kind "service" }}
- name: token
  mountPath: /var/run/guanxi/token
  readOnly: true
{{- end }}
{{- if eq .name "identity" }}
{{- if .root.Values.people.keysConfigMap }}
- name: people-keys
  mountPath: /etc/guanxi/people
  readOnly: true
{{- end }}
{{- if .root.Values.platform.keysConfigMap }}
- name: platform-keys
  mountPath: /etc/guanxi/platform
  readOnly: true
{{- else if .root.Values.platform.keysNeedToken }}
- name: cluster
  mountPath: /var/run/guanxi/cluster
  readOnly: true
{{- end }}
{{- end }}
{{- end }}

{{- define "guanxi.volumes" -}}
{{- $values := .root.Values -}}
{{- if eq .service.kind "service" }}
# By this a service proves to identity who it is; nobody else takes it, for its audience is Guanxi's alone.
- name: token
  projected:
    sources:
      - serviceAccountToken:
          path: token
          audience: {{ $values.tokens.audience | quote }}
          expirationSeconds: {{ int $values.tokens.expirationSeconds }}
{{- end }}
{{- if eq .name "identity" }}
{{- with $values.people.keysConfigMap }}
- name: people-keys
  configMap:
    name: {{ . }}
{{- end }}
{{- if $values.platform.keysConfigMap }}
- name: platform-keys
  configMap:
    name: {{ $values.platform.keysConfigMap }}
{{- else if $values.platform.keysNeedToken }}
# The cluster tells its public keys to whoever has any token of it; this account has no other right.
- name: cluster
  projected:
    sources:
      - serviceAccountToken:
          path: token
          expirationSeconds: 3600
      - configMap:
          name: kube-root-ca.crt
          items:
            - key: ca.crt
              path: ca.crt
{{- end }}
{{- end }}
{{- end }}
