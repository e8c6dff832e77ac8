using System.Text;
using System.Text.Json;
using Akimbo.Models;
using Akimbo.Prediction;

namespace Akimbo.Cli.Models;

/// <summary>The models of the catalog with their figures.</summary>
internal static class CatalogList
{
    private static readonly string[] Columns = ["model", "what it is", "input", "keypoints", "parameters", "GMACs"];
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true };

    /// <summary>Writes a table.</summary>
    public static void WriteTable(TextWriter output) => PlainTable.Write(output, Columns, Entries().Select(Row));

    /// <summary>Writes a JSON array.</summary>
    public static void WriteJson(TextWriter output)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, JsonOptions))
        {
            json.WriteStartArray();
            foreach (var (model, figures) in Entries()) WriteObject(json, model, figures);
            json.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(text.ToArray()));
    }

    private static IEnumerable<(PoseModel Model, ModelFigures Figures)> Entries() =>
        ModelCatalog.Names.Select(ModelCatalog.Create).Select(model => (model, ModelFigures.Of(model)));

    private static string[] Row((PoseModel Model, ModelFigures Figures) entry)
    {
        var (model, figures) = entry;
        return
        [
            model.Name,
            model.Description,
            $"{figures.InputWidth} × {figures.InputHeight}",
            $"{model.Skeleton.Keypoints.Count} of {model.Skeleton.Name}",
            FormattableString.Invariant($"{figures.Parameters:N0}"),
            FormattableString.Invariant($"{figures.MultiplyAdds / 1e9:0.00}"),
        ];
    }

    private static void WriteObject(Utf8JsonWriter json, PoseModel model, ModelFigures figures)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteString("description", model.Description);
        json.WriteString("task", model.Task is TopDownTask ? "top-down" : "bottom-up");
        json.WriteNumber("input_width", figures.InputWidth);
        json.WriteNumber("input_height", figures.InputHeight);
        json.WriteString("skeleton", model.Skeleton.Name);
        json.WriteNumber("keypoints", model.Skeleton.Keypoints.Count);
        json.WriteNumber("parameters", figures.Parameters);
        json.WriteNumber("multiply_adds", figures.MultiplyAdds);
        json.WriteEndObject();
    }
}
