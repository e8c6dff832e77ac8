using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Akimbo.Networks;
using Akimbo.Networks.Summary;

namespace Akimbo.Cli.Summary;

/// <summary>A summary as text or JSON.</summary>
/// <param name="model">The model's name.</param>
/// <param name="graph">Its graph.</param>
/// <param name="summary">What is in it.</param>
/// <param name="unusedParameters">Learned numbers that the network declares but does not compute with.</param>
internal sealed class SummaryTable(string model, Graph graph, GraphSummary summary, long unusedParameters)
{
    private static readonly string[] Headings = ["layer", "kind", "output", "parameters", "multiply-adds", "memory"];

    /// <summary>Writes a line a layer, then totals.</summary>
    public void WriteText(TextWriter output)
    {
        string[][] rows =
        [
            Headings,
            ["", "Input", graph.Input.Shape.ToString(), "", "", Bytes(graph.Input.Shape.ElementCount * sizeof(float))],
            .. summary.Layers.Select(layer => new[]
            {
                layer.Name, layer.Kind, layer.Output.ToString(), Count(layer.Parameters), Count(layer.MultiplyAdds), Bytes(layer.ActivationBytes),
            }),
        ];
        int[] widths = [.. Headings.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            var cells = row.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }

        output.WriteLine();
        output.WriteLine($"{model}, input {graph.Input.Shape}, {summary.Layers.Count} layers");
        output.WriteLine(Invariant($"parameters       {summary.Parameters:N0}{(unusedParameters > 0 ? Invariant($" and {unusedParameters:N0} that nothing uses") : "")}"));
        output.WriteLine(Invariant($"buffers          {summary.Buffers:N0}"));
        output.WriteLine(Invariant($"multiply-adds    {summary.MultiplyAdds:N0} ({summary.MultiplyAdds / 1e9:0.00} G)"));
        output.WriteLine($"memory           {Bytes(summary.PeakActivationBytes)} at once, {Bytes(summary.ActivationBytes)} for all results, {Bytes(summary.Parameters * sizeof(float))} for weights");
    }

    /// <summary>Writes one JSON object; memory is in bytes.</summary>
    public void WriteJson(TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            WriteShape(json, "input", graph.Input.Shape);
            json.WriteNumber("parameters", summary.Parameters);
            json.WriteNumber("unused_parameters", unusedParameters);
            json.WriteNumber("buffers", summary.Buffers);
            json.WriteNumber("multiply_adds", summary.MultiplyAdds);
            json.WriteNumber("activation_bytes", summary.ActivationBytes);
            json.WriteNumber("peak_activation_bytes", summary.PeakActivationBytes);
            json.WriteStartArray("layers");
            foreach (var layer in summary.Layers)
            {
                json.WriteStartObject();
                json.WriteString("name", layer.Name);
                json.WriteString("kind", layer.Kind);
                WriteShape(json, "output", layer.Output);
                json.WriteNumber("parameters", layer.Parameters);
                json.WriteNumber("multiply_adds", layer.MultiplyAdds);
                json.WriteNumber("activation_bytes", layer.ActivationBytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static void WriteShape(Utf8JsonWriter json, string name, Tensors.Shape shape)
    {
        json.WriteStartArray(name);
        foreach (int length in shape) json.WriteNumberValue(length);
        json.WriteEndArray();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Count(long count) => count == 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes switch
    {
        < 1_000_000 => Invariant($"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => Invariant($"{bytes / 1e6:0.0} MB"),
        _ => Invariant($"{bytes / 1e9:0.00} GB"),
    };
}
