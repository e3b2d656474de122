package release

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/zclconf/go-cty/cty"
)

// base is a small provider with one of everything.
const base = `{"format_version": "1.0", "provider_schemas": {"paymentlinks": {
"provider": {"version": 0, "block": {"attributes": {
  "x": {"optional": true, "nested_type": {"nesting_mode": "single", "attributes": {"key": {"type": "string", "optional": true, "sensitive": true}}}}}}},
"resource_schemas": {"paymentlinks_x_link": {"version": 1, "block": {
  "attributes": {
    "id": {"type": "string", "computed": true},
    "amount": {"type": "string", "required": true},
    "methods": {"type": ["set", "string"], "optional": true},
    "policy": {"type": "string", "optional": true, "computed": true},
    "secret": {"type": "string", "optional": true, "write_only": true},
    "given": {"type": ["object", {"a": "string"}], "optional": true},
    "seen": {"type": ["list", ["object", {"a": "string"}]], "computed": true},
    "items": {"optional": true, "nested_type": {"nesting_mode": "list", "attributes": {"title": {"type": "string", "required": true}}}}},
  "block_types": {"part": {"nesting_mode": "list", "max_items": 3, "block": {"attributes": {"size": {"type": "number", "optional": true}}}}}}}},
"data_source_schemas": {"paymentlinks_links": {"version": 0, "block": {"attributes": {"states": {"type": ["set", "string"], "optional": true}}}}},
"ephemeral_resource_schemas": {"paymentlinks_token": {"version": 0, "block": {"attributes": {"for": {"type": "string", "optional": true}}}}},
"list_resource_schemas": {"paymentlinks_x_link": {"version": 0, "block": {"attributes": {"states": {"type": "string", "optional": true}}}}},
"action_schemas": {"paymentlinks_x_revoke_link": {"block": {"attributes": {"id": {"type": "string", "required": true}}}}},
"functions": {"units": {"return_type": ["object", {"n": "number"}], "parameters": [{"name": "amount", "type": "string", "is_nullable": true}],
  "variadic_parameter": {"name": "tax", "type": ["object", {"name": "string"}]}}},
"resource_identity_schemas": {"paymentlinks_x_link": {"version": 1, "attributes": {
  "id": {"type": "string", "required_for_import": true}, "project": {"type": "string", "optional_for_import": true}}}}}}}`

func read(t *testing.T, document string) *tfjson.ProviderSchema {
	t.Helper()
	schema, err := ReadSchema([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

type (
	schema    = tfjson.ProviderSchema
	attribute = tfjson.SchemaAttribute
)

func link(p *schema) *tfjson.SchemaBlock        { return p.ResourceSchemas["paymentlinks_x_link"].Block }
func at(p *schema, name string) *attribute      { return link(p).Attributes[name] }
func units(p *schema) *tfjson.FunctionSignature { return p.Functions["units"] }
func ids(p *schema) *tfjson.IdentitySchema      { return p.ResourceIdentitySchemas["paymentlinks_x_link"] }

// Every way to break something is seen, as one sentence, at its place.
func TestBreaks(t *testing.T) {
	t.Parallel()
	text := &attribute{AttributeType: cty.String, Optional: true}
	wanted := &attribute{AttributeType: cty.String, Required: true}
	for name, test := range map[string]struct {
		change func(*schema)
		want   string
	}{
		"resource gone":      {func(p *schema) { delete(p.ResourceSchemas, "paymentlinks_x_link") }, "resource paymentlinks_x_link: is gone"},
		"data source gone":   {func(p *schema) { delete(p.DataSourceSchemas, "paymentlinks_links") }, "data source paymentlinks_links: is gone"},
		"ephemeral gone":     {func(p *schema) { delete(p.EphemeralResourceSchemas, "paymentlinks_token") }, "ephemeral resource paymentlinks_token: is gone"},
		"list resource gone": {func(p *schema) { delete(p.ListResourceSchemas, "paymentlinks_x_link") }, "list resource paymentlinks_x_link: is gone"},
		"action gone":        {func(p *schema) { delete(p.ActionSchemas, "paymentlinks_x_revoke_link") }, "action paymentlinks_x_revoke_link: is gone"},
		"function gone":      {func(p *schema) { delete(p.Functions, "units") }, "function units: is gone"},
		"identity gone":      {func(p *schema) { delete(p.ResourceIdentitySchemas, "paymentlinks_x_link") }, "identity of paymentlinks_x_link: is gone"},
		"provider gone":      {func(p *schema) { p.ConfigSchema = nil }, "provider: has a schema in one version only"},
		"resource renamed": {func(p *schema) {
			p.ResourceSchemas["paymentlinks_y"] = p.ResourceSchemas["paymentlinks_x_link"]
			delete(p.ResourceSchemas, "paymentlinks_x_link")
		}, "resource paymentlinks_x_link: is gone"},
		"version back":        {func(p *schema) { p.ResourceSchemas["paymentlinks_x_link"].Version = 0 }, "resource paymentlinks_x_link: the schema's version went back from 1 to 0"},
		"attribute gone":      {func(p *schema) { delete(link(p).Attributes, "policy") }, "resource paymentlinks_x_link, policy: is gone"},
		"attribute renamed":   {func(p *schema) { link(p).Attributes["sum"] = at(p, "policy"); delete(link(p).Attributes, "policy") }, "resource paymentlinks_x_link, policy: is gone"},
		"setting gone":        {func(p *schema) { delete(p.ConfigSchema.Block.Attributes["x"].AttributeNestedType.Attributes, "key") }, "provider, x, key: is gone"},
		"filter gone":         {func(p *schema) { delete(p.ListResourceSchemas["paymentlinks_x_link"].Block.Attributes, "states") }, "list resource paymentlinks_x_link, states: is gone"},
		"action's argument":   {func(p *schema) { delete(p.ActionSchemas["paymentlinks_x_revoke_link"].Block.Attributes, "id") }, "action paymentlinks_x_revoke_link, id: is gone"},
		"now required":        {func(p *schema) { at(p, "methods").Required, at(p, "methods").Optional = true, false }, "resource paymentlinks_x_link, methods: is now required"},
		"new and required":    {func(p *schema) { link(p).Attributes["label"] = wanted }, "resource paymentlinks_x_link, label: is new and required"},
		"new, required, deep": {func(p *schema) { at(p, "items").AttributeNestedType.Attributes["price"] = wanted }, "resource paymentlinks_x_link, items, price: is new and required"},
		"no longer settable":  {func(p *schema) { at(p, "policy").Optional = false }, "resource paymentlinks_x_link, policy: can no longer be set"},
		"no longer computed":  {func(p *schema) { at(p, "policy").Computed = false }, "resource paymentlinks_x_link, policy: is no longer filled in"},
		"now sensitive":       {func(p *schema) { at(p, "id").Sensitive = true }, "resource paymentlinks_x_link, id: is now sensitive"},
		"no longer sensitive": {func(p *schema) {
			p.ConfigSchema.Block.Attributes["x"].AttributeNestedType.Attributes["key"].Sensitive = false
		}, "provider, x, key: is no longer sensitive"},
		"now write-only": {func(p *schema) { at(p, "methods").WriteOnly = true }, "resource paymentlinks_x_link, methods: is now write-only"},
		"not write-only": {func(p *schema) { at(p, "secret").WriteOnly = false }, "resource paymentlinks_x_link, secret: is no longer write-only"},
		"type":           {func(p *schema) { at(p, "amount").AttributeType = cty.Number }, "resource paymentlinks_x_link, amount: was string, is number"},
		"set to list":    {func(p *schema) { at(p, "methods").AttributeType = cty.List(cty.String) }, "resource paymentlinks_x_link, methods: was set of string, is list of string"},
		"element type":   {func(p *schema) { at(p, "methods").AttributeType = cty.Set(cty.Number) }, "resource paymentlinks_x_link, methods: was string, is number"},
		"object written": {func(p *schema) {
			at(p, "given").AttributeType = cty.Object(map[string]cty.Type{"a": cty.String, "b": cty.String})
		}, "resource paymentlinks_x_link, given.b: is new and required"},
		"object to text":    {func(p *schema) { at(p, "given").AttributeType = cty.String }, "resource paymentlinks_x_link, given: was object, is string"},
		"object read":       {func(p *schema) { at(p, "seen").AttributeType = cty.List(cty.EmptyObject) }, "resource paymentlinks_x_link, seen.a: is gone"},
		"nesting":           {func(p *schema) { at(p, "items").AttributeNestedType.NestingMode = tfjson.SchemaNestingModeSet }, "resource paymentlinks_x_link, items: was a nested list, is a nested set"},
		"nested to flat":    {func(p *schema) { link(p).Attributes["items"] = text }, "resource paymentlinks_x_link, items: was a nested list, is string"},
		"flat to nested":    {func(p *schema) { link(p).Attributes["methods"] = at(p, "items") }, "resource paymentlinks_x_link, methods: was set of string, is a nested list"},
		"block gone":        {func(p *schema) { delete(link(p).NestedBlocks, "part") }, "resource paymentlinks_x_link, block part: is gone"},
		"block's nesting":   {func(p *schema) { link(p).NestedBlocks["part"].NestingMode = tfjson.SchemaNestingModeSet }, "resource paymentlinks_x_link, block part: was a list, is a set"},
		"block wanted":      {func(p *schema) { link(p).NestedBlocks["part"].MinItems = 1 }, "resource paymentlinks_x_link, block part: is now wanted 1 times at least, not 0"},
		"block limited":     {func(p *schema) { link(p).NestedBlocks["part"].MaxItems = 2 }, "resource paymentlinks_x_link, block part: is now allowed 2 times at most"},
		"block's attribute": {func(p *schema) { delete(link(p).NestedBlocks["part"].Block.Attributes, "size") }, "resource paymentlinks_x_link, block part, size: is gone"},
		"block new, required": {func(p *schema) {
			link(p).NestedBlocks["more"] = &tfjson.SchemaBlockType{MinItems: 1, Block: &tfjson.SchemaBlock{}}
		}, "resource paymentlinks_x_link, block more: is new and required"},
		"result":             {func(p *schema) { units(p).ReturnType = cty.EmptyObject }, "function units, result.n: is gone"},
		"parameter more":     {func(p *schema) { units(p).Parameters = append(units(p).Parameters, units(p).Parameters[0]) }, "function units: took 1 parameters, takes 2"},
		"parameter's type":   {func(p *schema) { units(p).Parameters[0].Type = cty.Number }, "function units, parameter 1: was string, is number"},
		"parameter not null": {func(p *schema) { units(p).Parameters[0].IsNullable = false }, "function units, parameter 1: may no longer be null"},
		"variadic gone":      {func(p *schema) { units(p).VariadicParameter = nil }, "function units: no longer takes further arguments"},
		"variadic's object": {func(p *schema) {
			units(p).VariadicParameter.Type = cty.Object(map[string]cty.Type{"name": cty.String, "rate": cty.String})
		}, "function units, further arguments.rate: is new and required"},
		"id gone":   {func(p *schema) { delete(ids(p).Attributes, "project") }, "identity of paymentlinks_x_link, project: is gone"},
		"id's type": {func(p *schema) { ids(p).Attributes["id"].IdentityType = cty.Number }, "identity of paymentlinks_x_link, id: was string, is number"},
		"id wanted": {func(p *schema) {
			ids(p).Attributes["project"] = &tfjson.IdentityAttribute{IdentityType: cty.String, RequiredForImport: true}
		}, "identity of paymentlinks_x_link, project: is now required for an import"},
		"id not importable": {func(p *schema) { ids(p).Attributes["project"].OptionalForImport = false }, "identity of paymentlinks_x_link, project: can no longer be given in an import"},
		"id new, required": {func(p *schema) {
			ids(p).Attributes["account"] = &tfjson.IdentityAttribute{IdentityType: cty.String, RequiredForImport: true}
		}, "identity of paymentlinks_x_link, account: is new and required for an import"},
		"identity version back": {func(p *schema) { ids(p).Version = 0 }, "identity of paymentlinks_x_link: the version went back from 1 to 0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			after := read(t, base)
			test.change(after)
			found := BreakingChanges(read(t, base), after)
			if len(found) != 1 || !strings.HasPrefix(found[0], test.want) {
				t.Errorf("found %q, want one that begins with %q", found, test.want)
			}
		})
	}
}

// What only adds, or asks for less, breaks nothing.
func TestBreaksNothing(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*schema){
		"nothing changed": func(*schema) {},
		"new resource":    func(p *schema) { p.ResourceSchemas["paymentlinks_y_link"] = p.ResourceSchemas["paymentlinks_x_link"] },
		"new function":    func(p *schema) { p.Functions["more"] = units(p) },
		"new optional":    func(p *schema) { link(p).Attributes["note"] = &attribute{AttributeType: cty.String, Optional: true} },
		"new object whose own parts are required": func(p *schema) {
			link(p).Attributes["lines"] = at(p, "items")
		},
		"required made optional": func(p *schema) { at(p, "amount").Required, at(p, "amount").Optional = false, true },
		"optional made computed": func(p *schema) { at(p, "methods").Computed = true },
		"deprecated":             func(p *schema) { at(p, "amount").Deprecated = true },
		"another description":    func(p *schema) { at(p, "amount").Description = "Other words." },
		"schema version up":      func(p *schema) { p.ResourceSchemas["paymentlinks_x_link"].Version = 2 },
		"more in a read object": func(p *schema) {
			at(p, "seen").AttributeType = cty.List(cty.Object(map[string]cty.Type{"a": cty.String, "b": cty.String}))
		},
		"more in a result": func(p *schema) {
			units(p).ReturnType = cty.Object(map[string]cty.Type{"n": cty.Number, "m": cty.Number})
		},
		"parameter's name":   func(p *schema) { units(p).Parameters[0].Name = "value" },
		"block less limited": func(p *schema) { link(p).NestedBlocks["part"].MaxItems = 0 },
		"identity required freed": func(p *schema) {
			ids(p).Attributes["id"].RequiredForImport, ids(p).Attributes["id"].OptionalForImport = false, true
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			after := read(t, base)
			change(after)
			if found := BreakingChanges(read(t, base), after); len(found) > 0 {
				t.Errorf("found %q", found)
			}
		})
	}
}

// The real schema, frozen and thawed, loses nothing but its words: every attribute that is taken out of it is missed.
func TestFreezeKeepsTheWholeSchema(t *testing.T) {
	t.Parallel()
	golden, err := os.ReadFile(filepath.Join("..", "cmd", "schemajson", "testdata", "schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := Freeze("1.2.3", golden)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "description_kind") {
		t.Error("descriptions are frozen too")
	}
	frozen, err := ReadFrozen(text)
	if err != nil {
		t.Fatal(err)
	}
	now := read(t, string(golden))
	if frozen.Version != "1.2.3" {
		t.Errorf("version %q", frozen.Version)
	}
	if found := slices.Concat(BreakingChanges(frozen.Schema, now), BreakingChanges(now, frozen.Schema)); len(found) > 0 {
		t.Errorf("not the same: %q", found)
	}
	if again, err := json.Marshal(now); err != nil || len(again) < len(golden)/4 {
		t.Errorf("%d bytes of %d: %v", len(again), len(golden), err)
	}
	for name, resource := range now.ResourceSchemas {
		for attribute := range resource.Block.Attributes {
			cut := read(t, string(golden))
			delete(cut.ResourceSchemas[name].Block.Attributes, attribute)
			if want := "resource " + name + ", " + attribute + ": is gone"; !slices.Contains(BreakingChanges(frozen.Schema, cut), want) {
				t.Errorf("not missed: %s", want)
			}
		}
	}
}
