// Renders a chart as `helm template` does, by the same engine: Go's text/template with Sprig's functions and Helm's own few.
// For machines without Helm; charts that are part of others are not known here.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

type table = map[string]interface{}

type files map[string]string

func (f files) Get(name string) string { return f[name] }

type apiVersions []string

func (a apiVersions) Has(wanted string) bool {
	for _, each := range a {
		if each == wanted {
			return true
		}
	}
	return false
}

type many []string

func (m *many) String() string         { return strings.Join(*m, ",") }
func (m *many) Set(value string) error { *m = append(*m, value); return nil }

func main() {
	var given many
	chart := flag.String("chart", ".", "the folder of the chart")
	release := flag.String("release", "guanxi", "the name of the release")
	namespace := flag.String("namespace", "default", "the namespace of the release")
	coalesced := flag.Bool("values", false, "print the values that hold, as JSON, and render nothing")
	flag.Var(&given, "f", "a file of values; may be repeated")
	flag.Parse()
	values := coalesce(merged(given), readTable(filepath.Join(*chart, "values.yaml")))
	if *coalesced {
		must(json.NewEncoder(os.Stdout).Encode(values))
		return
	}
	found := readFiles(*chart)
	must(render(found, table{
		"Values":       values,
		"Chart":        capitalized(readTable(filepath.Join(*chart, "Chart.yaml"))),
		"Release":      table{"Name": *release, "Namespace": *namespace, "Service": "Helm", "IsInstall": true, "IsUpgrade": false, "Revision": 1},
		"Capabilities": table{"KubeVersion": table{"Version": "v1.34.0", "Major": "1", "Minor": "34"}, "APIVersions": apiVersions{"v1", "apps/v1"}},
		"Files":        found,
	}))
}

func render(found files, data table) error {
	root := template.New("chart").Option("missingkey=zero")
	root.Funcs(functions(root))
	names := []string{}
	for name, text := range found {
		if !strings.HasPrefix(name, "templates/") {
			continue
		}
		if _, err := root.New(name).Parse(text); err != nil {
			return err
		}
		if !strings.HasPrefix(filepath.Base(name), "_") {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		data["Template"] = table{"Name": name, "BasePath": "templates"}
		text, err := execute(root, name, data)
		if err != nil {
			return err
		}
		fmt.Printf("---\n# Source: %s\n%s\n", name, text)
	}
	return nil
}

func execute(root *template.Template, name string, data interface{}) (string, error) {
	var out strings.Builder
	err := root.ExecuteTemplate(&out, name, data)
	return strings.ReplaceAll(out.String(), "<no value>", ""), err
}

func functions(root *template.Template) template.FuncMap {
	all := sprig.TxtFuncMap()
	delete(all, "env") // Helm takes both away: a chart is not to know the machine
	delete(all, "expandenv")
	depth := 0
	all["include"] = func(name string, data interface{}) (string, error) {
		if depth++; depth > 1000 {
			return "", fmt.Errorf("include calls itself without an end: %s", name)
		}
		defer func() { depth-- }()
		return execute(root, name, data)
	}
	all["tpl"] = func(text string, data interface{}) (string, error) {
		own, err := root.Clone()
		if err == nil {
			own.Funcs(functions(own))
			_, err = own.New("tpl").Parse(text)
		}
		if err != nil {
			return "", err
		}
		return execute(own, "tpl", data)
	}
	all["required"] = func(sentence string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, fmt.Errorf("%s", sentence)
		}
		return value, nil
	}
	all["lookup"] = func(string, string, string, string) table { return table{} }
	all["toYaml"] = func(value interface{}) string {
		text, err := yaml.Marshal(value)
		if err != nil {
			return ""
		}
		return strings.TrimSuffix(string(text), "\n")
	}
	all["toJson"] = func(value interface{}) string {
		text, _ := json.Marshal(value)
		return string(text)
	}
	all["fromYaml"], all["fromJson"] = parseTable, parseTable
	all["fromYamlArray"], all["fromJsonArray"] = parseList, parseList
	return all
}

func parseTable(text string) table {
	parsed := table{}
	if err := yaml.Unmarshal([]byte(text), &parsed); err != nil {
		parsed["Error"] = err.Error()
	}
	return parsed
}

func parseList(text string) []interface{} {
	parsed := []interface{}{}
	if err := yaml.Unmarshal([]byte(text), &parsed); err != nil {
		return []interface{}{err.Error()}
	}
	return parsed
}

// Files of values, a later one over an earlier; null stays, for it takes a default away.
func merged(names []string) table {
	all := table{}
	for _, name := range names {
		lay(all, readTable(name))
	}
	return all
}

func lay(under, over table) {
	for key, value := range over {
		below, isTable := under[key].(table)
		if above, ok := value.(table); ok && isTable {
			lay(below, above)
		} else {
			under[key] = value
		}
	}
}

func coalesce(given, defaults table) table {
	for key, value := range defaults {
		mine, told := given[key]
		below, isTable := value.(table)
		above, areTables := mine.(table)
		switch {
		case told && mine == nil:
			delete(given, key)
		case !told:
			given[key] = value
		case isTable && areTables:
			coalesce(above, below)
		}
	}
	return given
}

func readTable(name string) table {
	text, err := os.ReadFile(name)
	must(err)
	parsed := table{}
	if err := yaml.Unmarshal(text, &parsed); err != nil {
		must(fmt.Errorf("%s: %w", name, err))
	}
	return parsed
}

func readFiles(folder string) files {
	found := files{}
	must(filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		inside, _ := filepath.Rel(folder, name)
		found[filepath.ToSlash(inside)] = string(text)
		return err
	}))
	return found
}

func capitalized(chart table) table {
	named := table{}
	for key, value := range chart {
		named[strings.ToUpper(key[:1])+key[1:]] = value
	}
	named["AppVersion"] = fmt.Sprint(chart["appVersion"])
	return named
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
