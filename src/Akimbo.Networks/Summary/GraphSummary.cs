namespace Akimbo.Networks.Summary;

/// <summary>A graph in numbers: its operations in the order in which they run, and totals.</summary>
public sealed class GraphSummary
{
    private GraphSummary(IReadOnlyList<LayerSummary> layers, long buffers, long peakActivationBytes)
    {
        Layers = layers;
        Buffers = buffers;
        PeakActivationBytes = peakActivationBytes;
    }

    /// <summary>All operations that the outputs need, but the input.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>Learned numbers, those of modules used twice counted once.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Numbers that are kept rather than learned, such as running means.</summary>
    public long Buffers { get; }

    /// <summary>Multiply-adds of all convolutions.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>The memory of all results as float32, as training keeps them.</summary>
    public long ActivationBytes => Layers.Sum(layer => layer.ActivationBytes);

    /// <summary>The most memory of input and results that are needed at the same time, when each is given back after its last use.</summary>
    public long PeakActivationBytes { get; }

    /// <summary>Counts a graph; its parameters need no values.</summary>
    public static GraphSummary Of(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        int[] uses = graph.CountUses();
        var seen = new HashSet<Parameter>();
        var layers = new List<LayerSummary>();
        foreach (var value in graph.Values)
        {
            if (value == graph.Input || uses[value.Index] == 0) continue;
            long learned = 0;
            foreach (var parameter in value.Operation.Parameters)
                if (seen.Add(parameter) && !parameter.IsBuffer) learned += parameter.Shape.ElementCount;
            layers.Add(new LayerSummary(value.Operation.Name, value.Operation.Kind, value.Shape, learned,
                value.Operation.MultiplyAdds([.. value.Inputs.Select(input => input.Shape)]), Bytes(value)));
        }

        long buffers = seen.Where(parameter => parameter.IsBuffer).Sum(parameter => parameter.Shape.ElementCount);
        return new GraphSummary(layers, buffers, PeakOf(graph, uses));
    }

    private static long Bytes(Value value) => value.Shape.ElementCount * sizeof(float);

    private static long PeakOf(Graph graph, int[] uses)
    {
        int[] left = [.. uses];
        long live = 0, peak = 0;
        foreach (var value in graph.Values)
        {
            if (uses[value.Index] == 0) continue;
            live += Bytes(value);
            peak = Math.Max(peak, live);
            foreach (var input in value.Inputs)
                if (--left[input.Index] == 0) live -= Bytes(input);
        }

        return peak;
    }
}
