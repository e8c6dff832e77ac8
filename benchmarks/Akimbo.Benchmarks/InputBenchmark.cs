using System.Diagnostics;
using Akimbo.Augmentation;
using Akimbo.Codecs;
using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Prediction;
using Akimbo.Prediction.Pipelines;
using Akimbo.Tensors;
using Akimbo.Training.Input;

/// <summary>
/// Times what training does to a picture: decoding, the warp, colours, normalisation and targets, one after the other on one
/// thread, then whole batches on several. <c>peers/time-input.py</c> does the same with OpenCV and NumPy.
/// </summary>
internal static class InputBenchmark
{
    private const int Batch = 16, Images = 400;

    private static readonly SpatialAugmentation Spatial = new() { Rotation = 30, RotationProbability = 0.6, Scale = 0.25, FlipProbability = 0.5 };

    public static void Run(string dataset, int side)
    {
        PoseDataset data = PoseDatasets.Open(dataset);
        var task = new TopDownTask { InputWidth = side, InputHeight = side, BoxPadding = 1.5 };
        PoseModel model = ModelCatalog.Create("hourglass-2") with { Skeleton = data.Skeleton, Task = task, Normalisation = Normalisation.ImageNet };
        HeatmapCodec codec = TopDownPipeline.MakeCodec(task);
        PoseSample[] pictures = [.. data.Samples.Where(sample => sample.People.Any(person => person.KeypointBox() is { Width: > 0, Height: > 0 })).Take(Images)];
        for (int round = 0; round < 2; round++) Stages(pictures, model, task, codec, print: round == 1);

        var augmentation = new SampleAugmentation { Spatial = Spatial };
        foreach (int threads in (int[])[1, 2])
        {
            using var pipeline = new InputPipeline(
                new TopDownSamples(pictures, model, task, codec, augmentation, seed: 1), new InputPipelineOptions { BatchSize = Batch, Seed = 1, Threads = threads });
            for (int i = 0; i < 5; i++) pipeline.Return(pipeline.Take());
            var watch = Stopwatch.StartNew();
            const int batches = 40;
            for (int i = 0; i < batches; i++) pipeline.Return(pipeline.Take());
            Console.WriteLine($"pipeline, {threads} threads: {batches * Batch / watch.Elapsed.TotalSeconds:F0} images/s");
        }
    }

    private static void Stages(PoseSample[] pictures, PoseModel model, TopDownTask task, HeatmapCodec codec, bool print)
    {
        int side = task.InputWidth, cells = side / 4, count = model.Skeleton.Keypoints.Count;
        float[] planes = new float[3 * side * side], heatmaps = new float[count * cells * cells], weights = new float[count];
        var keypoints = new LabelledPoint<InputPoint>[count];
        double[] seconds = new double[5];
        for (int i = 0; i < pictures.Length; i++)
        {
            var random = new CounterRandom(1, sample: (uint)i);
            AnnotatedPerson person = pictures[i].People[0];
            long time = Stopwatch.GetTimestamp();
            var picture = Image.Load(pictures[i].ImagePath);
            Lap(0);
            SpatialDraw draw = Spatial.Draw(random);
            var view = AugmentedView.TopDown(AugmentedView.RegionOf(person.KeypointBox()!.Value, task), task, picture.Width, draw);
            view.Extract(picture, planes);
            Lap(1);
            ColorAugmentation.Princeton.Apply(random, isMirrored: false, planes);
            Lap(2);
            model.Normalisation.Apply(planes);
            Lap(3);
            view.Move(person.Keypoints, model.Skeleton.FlipIndices, keypoints);
            codec.Encode(keypoints, heatmaps, weights, cells, cells);
            Lap(4);

            void Lap(int stage)
            {
                long now = Stopwatch.GetTimestamp();
                seconds[stage] += Stopwatch.GetElapsedTime(time, now).TotalSeconds;
                time = now;
            }
        }

        if (!print) return;
        string[] names = ["decode", "warp", "colours", "normalise", "encode"];
        Console.WriteLine($"{pictures.Length} pictures, input {side} × {side}, milliseconds an image on one thread: "
            + string.Join(", ", names.Select((name, stage) => $"{name} {1000 * seconds[stage] / pictures.Length:F3}")));
    }
}
