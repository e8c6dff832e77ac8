namespace Akimbo.Networks.Onnx;

/// <summary>How a network is written as ONNX.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>The oldest version of the standard operators that can be asked for.</summary>
    public const int MinOpset = 13;

    /// <summary>The newest version of the standard operators that can be asked for.</summary>
    public const int MaxOpset = 23;

    /// <summary>The version of the standard operators, <see cref="MinOpset"/> to <see cref="MaxOpset"/>.</summary>
    public int Opset { get; init; } = 17;

    /// <summary>Whether the consumer chooses the batch: the first dimension of inputs and outputs is then called N.</summary>
    public bool DynamicBatch { get; init; }

    /// <summary>
    /// Whether a BatchNorm behind a convolution goes into its weights, as in PyTorch's exporter. Others stay
    /// BatchNormalization nodes. Without it initialisers equal the network's parameters, name by name.
    /// </summary>
    public bool FoldBatchNorm { get; init; } = true;

    /// <summary>The name of the graph, shown by viewers.</summary>
    public string Name { get; init; } = "network";

    /// <summary>Takes pixels rather than numbers that are already normalised; null for the network's own input.</summary>
    public OnnxImageInput? ImageInput { get; init; }

    /// <summary>Reads positions from heatmaps in front of the network's own outputs; null for none.</summary>
    public OnnxPeaks? Peaks { get; init; }

    /// <summary>Strings that travel with the model, <c>metadata_props</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
