using Akimbo.Networks.Inference;
using Akimbo.Networks.Onnx;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Export;

/// <summary>Runs an exported file in ONNX Runtime and the same network here, on a seeded random image.</summary>
public static class ExportComparison
{
    /// <summary>Relative differences that two sound engines stay below.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>The largest relative difference of an output, ‖theirs − ours‖ / ‖ours‖.</summary>
    /// <param name="export">What was written.</param>
    /// <param name="path">Where it was written.</param>
    /// <param name="runtime">ONNX Runtime.</param>
    /// <param name="seed">What the image is made from.</param>
    /// <exception cref="InvalidOperationException">ONNX Runtime refuses the file, or an output has another shape.</exception>
    public static double LargestDifference(PoseExport export, string path, OnnxRuntimePeer runtime, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(export);
        ArgumentNullException.ThrowIfNull(runtime);
        byte[] pixels = new byte[3 * export.Width * export.Height];
        new Random(seed).NextBytes(pixels);
        var input = Normalise(pixels, export);
        var theirs = runtime.Run(path, export.Options.ImageInput is null
            ? new Dictionary<string, StoredTensor> { ["input"] = StoredTensor.Create<float>(input.Shape, input.Span) }
            : new Dictionary<string, StoredTensor> { ["image"] = StoredTensor.Create<byte>([1, export.Height, export.Width, 3], pixels) });

        using var pool = new WorkerPool(Environment.ProcessorCount);
        var ours = new CompiledNetwork(export.Network, pool).Run(input);
        return ours.Index().Max(output => Difference(theirs[$"output_{output.Index}"], output.Item, output.Index));
    }

    private static Tensor Normalise(byte[] pixels, PoseExport export)
    {
        var (mean, std) = (export.Model.Normalisation.Mean, export.Model.Normalisation.Std);
        var input = new Tensor([1, 3, export.Height, export.Width]);
        int plane = export.Width * export.Height;
        for (int i = 0; i < pixels.Length; i++)
            input.Span[i % 3 * plane + i / 3] = (pixels[i] / 255f - mean[i % 3]) / std[i % 3];
        return input;
    }

    private static double Difference(Tensor theirs, Tensor ours, int index)
    {
        if (theirs.Shape != ours.Shape) throw new InvalidOperationException($"Output {index} is {theirs.Shape} in ONNX Runtime; expected {ours.Shape}.");
        double difference = 0, norm = 0;
        for (int i = 0; i < ours.Span.Length; i++)
        {
            double error = (double)theirs.Span[i] - ours.Span[i];
            difference += error * error;
            norm += (double)ours.Span[i] * ours.Span[i];
        }

        return norm > 0 ? Math.Sqrt(difference / norm) : Math.Sqrt(difference);
    }
}
