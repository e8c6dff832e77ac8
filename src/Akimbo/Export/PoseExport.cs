using Akimbo.Models;
using Akimbo.Networks;
using Akimbo.Networks.Onnx;
using Akimbo.Prediction;
using Akimbo.Prediction.Pipelines;

namespace Akimbo.Export;

/// <summary>A model on its way to ONNX: its graph for one input size, and everything a consumer must know as metadata.</summary>
public sealed class PoseExport
{
    /// <summary>Traces a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="network">Its network, with weights.</param>
    /// <param name="options">How it is written.</param>
    /// <exception cref="ArgumentException">The network cannot take an input of the size asked for; the message says why.</exception>
    public PoseExport(PoseModel model, Network network, PoseExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(network);
        options ??= new PoseExportOptions();
        Model = model;
        Network = network;
        (Width, Height) = options.InputSize ?? InputSizeOf(model);
        if (Width < 1 || Height < 1) throw new ArgumentException($"The input size is {Width}×{Height}; expected at least one pixel.", nameof(options));
        Graph = network.Trace([1, 3, Height, Width]);
        var peaks = options.WithDecoder ? PeaksOf(model, Graph) : null;
        Options = new OnnxExportOptions
        {
            Name = model.Name,
            Opset = options.Opset,
            DynamicBatch = options.DynamicBatch,
            ImageInput = options.WithDecoder ? new OnnxImageInput { Mean = model.Normalisation.Mean, Std = model.Normalisation.Std } : null,
            Peaks = peaks,
            Metadata = PoseMetadata.Of(model, Graph, peaks),
        };
    }

    /// <summary>The model.</summary>
    public PoseModel Model { get; }

    /// <summary>Its network.</summary>
    public Network Network { get; }

    /// <summary>Columns of the input.</summary>
    public int Width { get; }

    /// <summary>Rows of the input.</summary>
    public int Height { get; }

    /// <summary>The network for this input.</summary>
    public Graph Graph { get; }

    /// <summary>What is written.</summary>
    public OnnxExportOptions Options { get; }

    /// <summary>Whether keypoints are among the outputs, rather than heatmaps alone.</summary>
    public bool GivesKeypoints => Options.Peaks is not null;

    /// <summary>Writes the file; see <see cref="OnnxExport.Save"/>.</summary>
    /// <param name="path">The file to write; its folder must exist.</param>
    /// <exception cref="ArgumentException">The opset is out of range.</exception>
    /// <exception cref="InvalidOperationException">The network has no weights.</exception>
    /// <exception cref="NotSupportedException">The model exceeds the format's 2 GB.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => OnnxExport.Save(Graph, path, Options);

    /// <summary>The size of the input that a model has by itself, in pixels; of bottom-up models that of a square photo.</summary>
    public static (int Width, int Height) InputSizeOf(PoseModel model) => model.Task switch
    {
        TopDownTask task => (task.InputWidth, task.InputHeight),
        SquareBottomUpTask task => (task.BaseSize, task.BaseSize),
        BottomUpTask task => (task.InputSize.ShortSide, task.InputSize.ShortSide),
        _ => throw new ArgumentException($"{model} has a task without an input size: {model.Task.GetType().Name}.", nameof(model)),
    };

    /// <summary>How the last output's heatmaps are read; null for people that must be grouped, and for decodings without ONNX operators.</summary>
    private static OnnxPeaks? PeaksOf(PoseModel model, Graph graph)
    {
        if (model.Task is not TopDownTask task || graph.Outputs[^1].Shape.Rank != 4) return null;
        OnnxPeakRule? rule = task.Decoding switch
        {
            HeatmapDecoding.Princeton => OnnxPeakRule.QuarterOffset,
            HeatmapDecoding.Bearpaw => OnnxPeakRule.InteriorQuarterOffset,
            HeatmapDecoding.HighResolution => OnnxPeakRule.HighResolutionQuarterOffset,
            HeatmapDecoding.Integral => OnnxPeakRule.SoftArgMax,
            _ => null,
        };
        if (rule is null) return null;
        var heatmapToInput = TopDownPipeline.MakeCodec(task).HeatmapToInput.Matrix;
        return new OnnxPeaks
        {
            Output = graph.Outputs.Count - 1,
            Count = model.Skeleton.Keypoints.Count,
            Rule = rule.Value,
            ScaleX = heatmapToInput.M11,
            ScaleY = heatmapToInput.M22,
            OffsetX = heatmapToInput.M13,
            OffsetY = heatmapToInput.M23,
        };
    }
}
