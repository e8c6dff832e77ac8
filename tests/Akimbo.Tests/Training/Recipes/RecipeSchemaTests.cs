using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Akimbo.Testing;
using Akimbo.Training.Recipes;

namespace Akimbo.Tests.Training.Recipes;

public sealed partial class RecipeSchemaTests
{
    /// <summary>Set it to 1 to write the schema anew; the difference is reviewed with the code.</summary>
    private const string Accept = "AKIMBO_ACCEPT_SCHEMA";

    private static readonly Dictionary<string, string> Summaries = ReadSummaries();

    [Fact]
    public void Schema_OnFile_IsThatOfTheCode()
    {
        string file = Path.Combine(Repository.Root, "recipes", "recipe.schema.json"), actual = Create();
        if (Environment.GetEnvironmentVariable(Accept) == "1") File.WriteAllText(file, actual);
        Assert.True(File.Exists(file) && File.ReadAllText(file) == actual, $"Recipes have changed. Run the test with {Accept}=1 and commit {file}.");
    }

    private static string Create()
    {
        JsonNode schema = RecipeJson.Default.Options.GetJsonSchemaAsNode(
            typeof(Recipe), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });
        JsonObject root = schema.AsObject();
        root.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        root.Insert(1, "title", "Akimbo training recipe");
        root["properties"]!.AsObject().Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.PropertyInfo is { } property && schema is JsonObject node && SummaryOf(property.DeclaringType, property.Name) is { } summary)
            node.Insert(0, "description", summary);
        return schema;
    }

    private static string? SummaryOf(Type type, string jsonName)
    {
        PropertyInfo? property = type.GetProperty(char.ToUpperInvariant(jsonName[0]) + jsonName[1..]);
        for (Type? declaring = property?.DeclaringType; declaring is not null; declaring = declaring.BaseType)
            if (Summaries.TryGetValue($"P:{declaring.FullName}.{property!.Name}", out string? summary)) return summary;
        return null;
    }

    private static Dictionary<string, string> ReadSummaries() =>
        XDocument.Load(Path.ChangeExtension(typeof(Recipe).Assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => (string)member.Attribute("name")!, member => Text(member.Element("summary")!));

    private static string Text(XElement summary)
    {
        foreach (XElement reference in summary.Elements("see").ToList())
            reference.ReplaceWith(((string?)reference.Attribute("cref") ?? "").Split('.', ':')[^1]);
        return Spaces().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
