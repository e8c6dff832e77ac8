using Akimbo.Augmentation;
using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Tensors;

namespace Akimbo.Training.Input;

/// <summary>
/// The samples of a data set, made one at a time: decoded, augmented, normalised and encoded. What a sample is depends on the
/// seed, the epoch and its place in the data alone. Threads may share an instance.
/// </summary>
internal abstract class TrainingSamples(PoseModel model, SampleAugmentation augmentation, ulong seed)
{
    private const uint SpatialStream = 0, ColorStream = 1, OcclusionStream = 2;
    protected const uint MosaicStream = 5;

    /// <summary>How many samples there are.</summary>
    public abstract int Count { get; }

    /// <summary>The sizes of inputs and targets.</summary>
    public abstract TargetShape Shape { get; }

    /// <summary>From the targets to the input.</summary>
    public abstract Transform<HeatmapPoint, InputPoint> HeatmapToInput { get; }

    /// <summary>The model that is trained.</summary>
    protected PoseModel Model => model;

    /// <summary>What is done at random.</summary>
    protected SampleAugmentation Augmentation => augmentation;

    /// <summary>The random numbers of a sample that one purpose uses.</summary>
    protected CounterRandom RandomOf(int index, int epoch, uint stream) => new(seed, (uint)epoch, (uint)index, stream);

    /// <summary>Writes one sample into a batch.</summary>
    /// <param name="index">Which sample.</param>
    /// <param name="epoch">The pass over the data.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="n">Which entry of the batch.</param>
    /// <exception cref="TrainingDataException">The picture cannot be read, or the sample cannot be made; the message names the file.</exception>
    public void Write(int index, int epoch, TrainingBatch batch, int n)
    {
        PoseSample sample = SampleOf(index);
        batch.Samples[n] = NameOf(index);
        try
        {
            var picture = Image.Load(sample.ImagePath);
            SpatialDraw draw = augmentation.Spatial.Draw(RandomOf(index, epoch, SpatialStream));
            ISampleView view = Encode(index, epoch, picture, draw, batch, n);
            Span<float> planes = Part(batch.Input, n);
            view.Extract(picture, planes);
            augmentation.Color.Apply(RandomOf(index, epoch, ColorStream), view.IsMirrored, planes);
            augmentation.Occlusion?.Apply(
                RandomOf(index, epoch, OcclusionStream), planes, view.Width, view.Height, model.Normalisation.Mean);
            model.Normalisation.Apply(planes);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw TrainingDataException.About(sample.ImagePath, exception);
        }
    }

    /// <summary>What a sample is called: its file, and which person in it where there are several.</summary>
    public abstract string NameOf(int index);

    /// <summary>The picture a sample shows.</summary>
    protected abstract PoseSample SampleOf(int index);

    /// <summary>Chooses what is shown and writes the targets.</summary>
    protected abstract ISampleView Encode(int index, int epoch, Image picture, SpatialDraw draw, TrainingBatch batch, int n);

    /// <summary>One entry of a batch.</summary>
    protected static Span<float> Part(Tensor tensor, int n)
    {
        int length = tensor.Span.Length / tensor.Shape[0];
        return tensor.Span.Slice(n * length, length);
    }
}
