using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;

namespace Akimbo.Prediction.Pipelines;

/// <summary>A decoded photo, perhaps smaller than the file says.</summary>
/// <param name="Image">The pixels.</param>
/// <param name="Width">Columns of the full photo.</param>
/// <param name="Height">Rows of the full photo.</param>
internal sealed record DecodedPhoto(Image Image, int Width, int Height)
{
    private double ScaleX => (double)Width / Image.Width;

    private double ScaleY => (double)Height / Image.Height;

    /// <summary>A box in pixels of the full photo, in those that were decoded.</summary>
    public Box ToDecoded(Box box) => new(box.X / ScaleX, box.Y / ScaleY, box.Width / ScaleX, box.Height / ScaleY);

    /// <summary>A person in pixels that were decoded, in those of the full photo.</summary>
    public Person ToPhoto(Person person) =>
        new([.. person.Keypoints.Select(keypoint => keypoint with { Position = new ImagePoint(keypoint.Position.X * ScaleX, keypoint.Position.Y * ScaleY) })], person.Score);
}

/// <summary>One way from a photo to people, by one network.</summary>
internal abstract class PosePipeline(PoseModel model, CompiledNetwork network, bool flipTest)
{
    /// <summary>The model's data.</summary>
    protected PoseModel Model => model;

    /// <summary>Whether the mirrored photo is estimated too.</summary>
    protected bool FlipTest => flipTest;

    /// <summary>Decodes a file, no larger than the pipeline needs.</summary>
    public virtual DecodedPhoto Decode(ReadOnlySpan<byte> encoded, string name)
    {
        var image = Image.Decode(encoded, name);
        return new DecodedPhoto(image, image.Width, image.Height);
    }

    /// <summary>Finds people, best first, in pixels of the full photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="boxes">The people's boxes; none for a bottom-up model.</param>
    /// <param name="clock">Told of every stage.</param>
    /// <param name="kept">Gets the maps that people are read from; null when nobody asked.</param>
    public abstract IReadOnlyList<Person> Estimate(DecodedPhoto photo, IReadOnlyList<PersonBox> boxes, StageClock clock, List<PoseHeatmaps>? kept);

    /// <summary>Runs the network on inputs of one size; with the flip test their mirror images follow them in the batch.</summary>
    protected IReadOnlyList<Tensor> Run(IReadOnlyList<Image> inputs, StageClock clock)
    {
        var batch = new Tensor([flipTest ? 2 * inputs.Count : inputs.Count, Image.Channels, inputs[0].Height, inputs[0].Width]);
        for (int i = 0; i < inputs.Count; i++)
        {
            model.Normalisation.Write(inputs[i], batch, n: i);
            if (flipTest) model.Normalisation.Write(inputs[i], batch, n: inputs.Count + i, mirrored: true);
        }

        clock.Prepared();
        var outputs = network.Run(batch);
        clock.NetworkRun();
        return outputs;
    }

    /// <summary>Some of the channels of one entry of a batch, [channels, H, W].</summary>
    /// <exception cref="ArgumentException">The network gives fewer: the model's task is not one for it.</exception>
    protected Span<float> Maps(Tensor output, int n, int firstChannel, int channels)
    {
        if (firstChannel + channels > output.Shape[1])
            throw new ArgumentException($"The network of the model {model.Name} gives {output.Shape}; its task needs {firstChannel + channels} maps for the keypoints of {model.Skeleton}.");
        int plane = output.Shape[2] * output.Shape[3];
        return output.Span.Slice((n * output.Shape[1] + firstChannel) * plane, channels * plane);
    }
}
