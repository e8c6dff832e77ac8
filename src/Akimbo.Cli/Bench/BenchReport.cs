using System.Globalization;
using System.Text;
using System.Text.Json;
using Akimbo.Cli.Evaluation;
using Akimbo.Networks.Benchmarks;

namespace Akimbo.Cli.Bench;

/// <summary>Times as tables or as JSON.</summary>
internal static class BenchReport
{
    private const int ShownLayers = 20;
    private static readonly string[] Columns = ["model", "input", "threads", "median", "quartiles", "shortest", "images/s", "GFLOP/s", "of peak"];
    private static readonly string[] LayerColumns = ["layer", "ms", "of all", "GFLOP/s"];
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true };

    /// <summary>Writes tables, and JSON to the file that is named; <c>-</c> writes JSON in place of the tables.</summary>
    public static void Write(IReadOnlyList<ModelTiming> timings, string? jsonPath, TextWriter output)
    {
        if (jsonPath is ReportOutput.StandardOutput)
        {
            output.WriteLine(ToJson(timings));
            return;
        }

        PlainTable.Write(output, Columns, timings.Select(Row));
        foreach (var peak in timings.Select(timing => timing.Timing).DistinctBy(timing => timing.Threads))
            output.WriteLine(Invariant($"peak of {peak.Threads} {(peak.Threads == 1 ? "thread" : "threads")}: {peak.PeakGigaflops:0} GFLOP/s, {peak.Path}"));
        foreach (var timing in timings.Where(timing => timing.Timing.Layers.Count > 0)) WriteLayers(timing, output);
        if (jsonPath is not null) File.WriteAllText(jsonPath, ToJson(timings) + "\n");
    }

    private static string[] Row(ModelTiming model)
    {
        var timing = model.Timing;
        return
        [
            model.Model,
            timing.Input.ToString(),
            Invariant($"{timing.Threads}"),
            Invariant($"{timing.Median:0.0} ms"),
            Invariant($"{timing.LowerQuartile:0.0}–{timing.UpperQuartile:0.0}"),
            Invariant($"{timing.Minimum:0.0}"),
            Invariant($"{timing.ImagesPerSecond:0.0}"),
            Invariant($"{timing.Gigaflops:0}"),
            Invariant($"{100 * timing.ShareOfPeak:0} %"),
        ];
    }

    private static void WriteLayers(ModelTiming model, TextWriter output)
    {
        var layers = model.Timing.Layers;
        double total = layers.Sum(layer => layer.Milliseconds);
        output.WriteLine();
        output.WriteLine($"{model.Model}, {model.Timing.Input}, {model.Timing.Threads} threads: the slowest of {layers.Count} layers");
        PlainTable.Write(output, LayerColumns, layers.OrderByDescending(layer => layer.Milliseconds).Take(ShownLayers).Select(layer => new[]
        {
            layer.Name,
            Invariant($"{layer.Milliseconds:0.000}"),
            Invariant($"{100 * layer.Milliseconds / total:0.0} %"),
            layer.MultiplyAdds > 0 ? Invariant($"{layer.Gigaflops:0}") : "",
        }));
    }

    private static string ToJson(IReadOnlyList<ModelTiming> timings)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, JsonOptions))
        {
            json.WriteStartArray();
            foreach (var timing in timings) WriteObject(json, timing.Model, timing.Timing);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static void WriteObject(Utf8JsonWriter json, string model, NetworkTiming timing)
    {
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteStartArray("input");
        foreach (int length in timing.Input) json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteNumber("threads", timing.Threads);
        json.WriteString("path", timing.Path.ToString());
        json.WriteNumber("multiply_adds", timing.MultiplyAdds);
        json.WriteNumber("peak_gigaflops", timing.PeakGigaflops);
        json.WriteNumber("median_milliseconds", timing.Median);
        json.WriteNumber("gigaflops", timing.Gigaflops);
        json.WriteNumber("share_of_peak", timing.ShareOfPeak);
        json.WriteStartArray("milliseconds");
        foreach (double milliseconds in timing.Milliseconds) json.WriteNumberValue(milliseconds);
        json.WriteEndArray();
        json.WriteStartArray("layers");
        foreach (var layer in timing.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteNumber("multiply_adds", layer.MultiplyAdds);
            json.WriteNumber("milliseconds", layer.Milliseconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
