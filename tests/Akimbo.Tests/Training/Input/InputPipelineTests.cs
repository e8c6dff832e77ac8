using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Akimbo.Augmentation;
using Akimbo.Codecs;
using Akimbo.Models;
using Akimbo.Models.StackedHourglass;
using Akimbo.Prediction;
using Akimbo.Training;
using Akimbo.Training.Input;

namespace Akimbo.Tests.Training.Input;

public sealed class InputPipelineTests : IDisposable
{
    private readonly DrawnPeople _people = new(pictures: 11);

    public void Dispose() => _people.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(5, 1)]
    public void Take_AnyThreads_GivesTheSameBatches(int threads, int ahead)
    {
        Assert.Equal(Hashes(threads: 1, ahead: 4, count: 8), Hashes(threads, ahead, count: 8));
    }

    [Fact]
    public void Take_FromTheMiddle_GoesOnAsIfNothingHappened()
    {
        Assert.Equal(Hashes(threads: 2, ahead: 2, count: 8)[4..], Hashes(threads: 2, ahead: 2, count: 4, epoch: 1, batch: 1));
        Assert.Equal(Hashes(threads: 2, ahead: 2, count: 8)[3..], Hashes(threads: 2, ahead: 2, count: 5, epoch: 0, batch: 3));
    }

    [Fact]
    public void Take_AnEpoch_ShowsEverySampleOnceInAnotherOrder()
    {
        using var pipeline = Open(threads: 2, ahead: 2);
        List<string> first = Names(pipeline), second = Names(pipeline);
        Assert.Equal(3, pipeline.BatchesPerEpoch);
        Assert.Equal(9, first.Distinct().Count());
        Assert.Equal(9, second.Distinct().Count());
        Assert.NotEqual(first, second);

        static List<string> Names(InputPipeline pipeline)
        {
            var names = new List<string>();
            for (int i = 0; i < pipeline.BatchesPerEpoch; i++)
            {
                TrainingBatch batch = pipeline.Take();
                Assert.Equal(i, batch.Index);
                names.AddRange(batch.SampleNames);
                pipeline.Return(batch);
            }

            return names;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Take_PictureThatCannotBeRead_NamesTheFile(int threads)
    {
        File.WriteAllText(_people["dots03.png"], "no picture");
        File.Delete(_people["dots07.png"]);
        string message = "";
        for (int repeat = 0; repeat < 3; repeat++)
        {
            using var pipeline = Open(threads, ahead: 2);
            var exception = Assert.Throws<TrainingDataException>(() =>
            {
                for (int i = 0; i < pipeline.BatchesPerEpoch * 10; i++) pipeline.Return(pipeline.Take());
            });
            Assert.Contains(_people.Folder, exception.Message, StringComparison.Ordinal);
            if (repeat > 0) Assert.Equal(message, exception.Message);
            message = exception.Message;
        }
    }

    [Fact]
    public void Take_NothingReturned_WaitsUntilCancelled()
    {
        using var pipeline = Open(threads: 2, ahead: 1);
        pipeline.Take();
        pipeline.Take();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.Throws<OperationCanceledException>(() => pipeline.Take(stop.Token));
    }

    [Fact]
    public void Constructor_FewerSamplesThanABatch_SaysSo()
    {
        var exception = Assert.Throws<TrainingDataException>(() => new InputPipeline(Samples(), new InputPipelineOptions { BatchSize = 12, Seed = 1 }));
        Assert.Contains("11 samples", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithoutAugmentation_EncodesWhatTheCodecDecodes()
    {
        var samples = new TopDownSamples(_people.Dataset.Samples, Model, (TopDownTask)Model.Task, new PrincetonCodec(), new SampleAugmentation(), seed: 1);
        var batch = new TrainingBatch(1, samples.Shape);
        samples.Write(2, epoch: 0, batch, 0);

        var decoded = new PrincetonCodec().Decode(batch.Heatmaps.Span, 16, 16);
        for (int k = 0; k < 5; k++)
        {
            Assert.Equal(batch.Positions.Span[2 * k], decoded[k].Position.X + 0.5, 1.0);
            Assert.Equal(batch.Positions.Span[2 * k + 1], decoded[k].Position.Y + 0.5, 1.0);
        }

        Assert.Equal("dots02.png", batch.SampleNames[0]);
        Assert.Equal([1, 1, 1, 1, 1], batch.Weights.Span.ToArray());
    }

    private static PoseModel Model { get; } = new()
    {
        Name = "dots",
        Architecture = new StackedHourglassOptions { Stacks = 1, Keypoints = 5, Channels = 8 },
        Skeleton = DrawnPeople.Dots,
        Normalisation = Normalisation.ImageNet,
        Task = new TopDownTask { InputWidth = 64, InputHeight = 64, Crop = CropKind.CentreScale, Decoding = HeatmapDecoding.Princeton },
    };

    private TopDownSamples Samples()
    {
        var augmentation = new SampleAugmentation
        {
            Spatial = new() { Rotation = 30, Scale = 0.25, Shift = 0.05, FlipProbability = 0.5 },
            Color = ColorAugmentation.Princeton,
            Occlusion = new(),
        };
        return new TopDownSamples(_people.Dataset.Samples, Model, (TopDownTask)Model.Task, new PrincetonCodec(), augmentation, seed: 5);
    }

    private InputPipeline Open(int threads, int ahead, int epoch = 0, int batch = 0) =>
        new(Samples(), new InputPipelineOptions { BatchSize = 3, Seed = 5, Threads = threads, BatchesAhead = ahead }, epoch, batch);

    private List<string> Hashes(int threads, int ahead, int count, int epoch = 0, int batch = 0)
    {
        using var pipeline = Open(threads, ahead, epoch, batch);
        var hashes = new List<string>();
        for (int i = 0; i < count; i++)
        {
            TrainingBatch taken = pipeline.Take();
            byte[] bytes = [.. MemoryMarshal.AsBytes(taken.Input.Span), .. MemoryMarshal.AsBytes(taken.Heatmaps.Span), .. MemoryMarshal.AsBytes(taken.Positions.Span)];
            hashes.Add($"{taken.Epoch} {taken.Index} {Convert.ToHexString(SHA256.HashData(bytes))}");
            pipeline.Return(taken);
        }

        return hashes;
    }
}
