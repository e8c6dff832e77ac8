using Akimbo.Networks.Onnx;

namespace Akimbo.Export;

/// <summary>How a model is written as ONNX.</summary>
public sealed record PoseExportOptions
{
    /// <summary>The version of the standard operators, <see cref="OnnxExportOptions.MinOpset"/> to <see cref="OnnxExportOptions.MaxOpset"/>.</summary>
    public int Opset { get; init; } = 17;

    /// <summary>Whether the consumer chooses how many images are in a batch; else it is one.</summary>
    public bool DynamicBatch { get; init; }

    /// <summary>
    /// Whether the model takes RGB bytes [N, H, W, 3] as <c>image</c> and, of top-down models whose decoding ONNX can express,
    /// gives <c>keypoints</c> [N, K, 3] first: x and y in pixels of the input, and the score.
    /// </summary>
    public bool WithDecoder { get; init; }

    /// <summary>The input's size in pixels; null for the model's own.</summary>
    public (int Width, int Height)? InputSize { get; init; }
}
