using System.Text.Json;
using System.Text.Json.Nodes;
using Akimbo.Results;

namespace Akimbo.Training.Recipes;

/// <summary>
/// Recipes as JSON files. Comments and trailing commas are allowed, unknown keys are not. The schema for editors is
/// <c>recipes/recipe.schema.json</c>.
/// </summary>
public static class RecipeFile
{
    private const string SchemaKey = "$schema";
    private const int MaxLength = 1 << 20;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="changes">Keys and values that stand in for the file's, as <c>optimizer.learningRate=0.001</c>.</param>
    /// <exception cref="RecipeFormatException">It is no recipe, a key is unknown or a value out of its range.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Recipe Load(string path, IEnumerable<string>? changes = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var file = new FileInfo(path);
        if (!file.Exists) throw new FileNotFoundException($"The recipe {path} does not exist.", path);
        if (file.Length > MaxLength) throw new RecipeFormatException(path, $"The file has {file.Length} bytes; a recipe has at most {MaxLength}.");
        return Parse(File.ReadAllText(path), path, changes);
    }

    /// <summary>Reads a recipe's text; otherwise as <see cref="Load"/>.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="changes">As in <see cref="Load"/>.</param>
    /// <exception cref="RecipeFormatException">It is no recipe, a key is unknown or a value out of its range.</exception>
    public static Recipe Parse(string json, string source, IEnumerable<string>? changes = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            if (JsonNode.Parse(json, documentOptions: Lenient) is not JsonObject given) throw new JsonException("The recipe is no JSON object.");
            given.Remove(SchemaKey);
            foreach (string change in changes ?? []) Change(given, change);
            JsonObject complete = RecipeDefaults.FillIn(given);
            Recipe recipe = complete.Deserialize(RecipeJson.Default.Recipe)!;
            recipe.Validate();
            return recipe;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            throw new RecipeFormatException(source, exception.Message, exception);
        }
    }

    /// <summary>The recipe with every key as JSON, which <see cref="Parse"/> reads.</summary>
    /// <param name="recipe">The recipe.</param>
    public static string ToJson(Recipe recipe) => JsonSerializer.Serialize(recipe, RecipeJson.Default.Recipe) + "\n";

    /// <summary>Writes a recipe; the file appears only when it is complete.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(Recipe recipe, string path)
    {
        using var file = new PendingFile(path);
        File.WriteAllText(file.TemporaryPath, ToJson(recipe));
        file.Commit();
    }

    /// <summary>The keys in which two recipes differ, by their paths, such as <c>optimizer.learningRate</c>.</summary>
    /// <param name="first">A recipe.</param>
    /// <param name="second">Another.</param>
    public static IReadOnlyList<string> Differences(Recipe first, Recipe second)
    {
        var keys = new List<string>();
        Compare(ToNode(first), ToNode(second), "", keys);
        return keys;

        static JsonNode? ToNode(Recipe recipe) => JsonSerializer.SerializeToNode(recipe, RecipeJson.Default.Recipe);
    }

    private static void Compare(JsonNode? first, JsonNode? second, string path, List<string> keys)
    {
        if (first is JsonObject a && second is JsonObject b)
        {
            foreach (string key in a.Select(entry => entry.Key).Union(b.Select(entry => entry.Key)))
                Compare(a[key], b[key], path.Length == 0 ? key : $"{path}.{key}", keys);
        }
        else if (!JsonNode.DeepEquals(first, second))
        {
            keys.Add(path);
        }
    }

    private static void Change(JsonObject recipe, string change)
    {
        if (change.Split('=', 2) is not [var path, var text] || path.Length == 0)
            throw new ArgumentException($"'{change}' is no change of a recipe; expected key=value, such as optimizer.learningRate=0.001.");
        string[] keys = path.Split('.');
        foreach (string key in keys[..^1])
        {
            if (recipe[key] is not JsonObject) recipe[key] = new JsonObject();
            recipe = recipe[key]!.AsObject();
        }

        recipe[keys[^1]] = ValueOf(text);
    }

    /// <summary>Numbers, lists, true, false and null as in JSON; anything else is text.</summary>
    private static JsonNode? ValueOf(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
