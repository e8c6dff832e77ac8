using Akimbo.Tensors;

namespace Akimbo.Training.Input;

/// <summary>
/// What a network is shown in one step, and what it should answer. The tensors are lent: <see cref="InputPipeline"/> fills them
/// again once the batch has been returned.
/// </summary>
internal sealed class TrainingBatch
{
    public TrainingBatch(int size, TargetShape shape)
    {
        Samples = new string[size];
        Input = new Tensor(shape.InputOf(size));
        Heatmaps = new Tensor(shape.MapsOf(size));
        Weights = new Tensor([size, shape.Keypoints]);
        Positions = new Tensor([size, shape.Keypoints, 2]);
        Masks = shape.People > 0 ? new Tensor([size, shape.Height, shape.Width]) : null;
        TagReferences = new int[size * shape.People * shape.Keypoints * 2];
    }

    /// <summary>The pass over the data, from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>Which batch of the epoch it is, from 0.</summary>
    public int Index { get; internal set; }

    /// <summary>N: the number of samples.</summary>
    public int Size => Samples.Length;

    /// <summary>What each sample is: its file, and which person in it.</summary>
    public IReadOnlyList<string> SampleNames => Samples;

    /// <summary>[N, 3, H, W]: normalised pixels.</summary>
    public Tensor Input { get; }

    /// <summary>[N, K, h, w]: the heatmaps to be learnt.</summary>
    public Tensor Heatmaps { get; }

    /// <summary>[N, K]: the weight of each keypoint in the loss; 1 for all in bottom-up batches.</summary>
    public Tensor Weights { get; }

    /// <summary>[N, K, 2]: x and y of each keypoint in heatmap pixels; zeros where the weight is 0, and in bottom-up batches.</summary>
    public Tensor Positions { get; }

    /// <summary>[N, h, w]: 1 where the heatmaps count, 0 where not; null for top-down batches.</summary>
    public Tensor? Masks { get; }

    /// <summary>[N, P, K, 2]: where the tags of each person are read, see <see cref="Codecs.AssociativeEmbeddingTarget"/>; empty for top-down batches.</summary>
    public int[] TagReferences { get; }

    internal string[] Samples { get; }
}

/// <summary>The sizes of inputs and targets.</summary>
/// <param name="InputWidth">Columns of the input.</param>
/// <param name="InputHeight">Rows of the input.</param>
/// <param name="Keypoints">K.</param>
/// <param name="Width">Columns of the heatmaps.</param>
/// <param name="Height">Rows of the heatmaps.</param>
/// <param name="People">P, the most people a sample has tags of; 0 for top-down networks.</param>
internal readonly record struct TargetShape(int InputWidth, int InputHeight, int Keypoints, int Width, int Height, int People)
{
    /// <summary>The shape of a batch's input.</summary>
    public Shape InputOf(int batchSize) => [batchSize, 3, InputHeight, InputWidth];

    /// <summary>The shape of a batch's heatmaps.</summary>
    public Shape MapsOf(int batchSize) => [batchSize, Keypoints, Height, Width];
}
