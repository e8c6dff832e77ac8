using Akimbo.Export;
using Akimbo.Networks.Summary;

namespace Akimbo.Cli.Summary;

/// <summary>One summary: a table or JSON, and a drawing.</summary>
internal static class SummaryRun
{
    /// <summary>Traces the model, prints its layers and draws it where a file is named.</summary>
    public static void Run(string modelName, string? weights, (int Width, int Height)? size, string? svg, int? depth, bool json, TextWriter output)
    {
        var (model, network) = ModelArgument.Load(modelName, weights);
        var (width, height) = size ?? PoseExport.InputSizeOf(model);
        var graph = network.Trace([1, 3, height, width]);
        if (svg is not null) File.WriteAllText(svg, ArchitectureDrawing.ToSvg(graph, new ArchitectureDrawingOptions { Title = model.Name, Depth = depth }));

        var summary = GraphSummary.Of(graph);
        long unused = network.Parameters.Where(parameter => !parameter.IsBuffer).Sum(parameter => parameter.Shape.ElementCount) - summary.Parameters;
        var table = new SummaryTable(model.Name, graph, summary, unused);
        if (json) table.WriteJson(output);
        else table.WriteText(output);
    }
}
