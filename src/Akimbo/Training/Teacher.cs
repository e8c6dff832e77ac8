using Akimbo.Models.LitePose;
using Akimbo.Networks;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;
using Akimbo.Training.Input;

namespace Akimbo.Training;

/// <summary>A trained bottom-up network that sees every batch, and adds to its targets what nobody has annotated.</summary>
internal sealed class Teacher
{
    // Annotated people are the annotation's alone, with so much around them, in shares of the larger side of their keypoints' box.
    private const double Margin = 0.15;
    private const int FewestKeypoints = 2;
    private readonly TeacherNetwork _teacher;
    private readonly WorkerPool _pool;
    private readonly IReadOnlyList<int> _channels;
    private readonly Tensor _beyond;
    private TaughtLitePose? _taught;
    private CompiledNetwork? _network;

    /// <param name="teacher">The network.</param>
    /// <param name="maps">[N, K, h, w] of the batches.</param>
    /// <param name="pool">The threads that run it.</param>
    public Teacher(TeacherNetwork teacher, Shape maps, WorkerPool pool)
    {
        _teacher = teacher;
        _pool = pool;
        _channels = teacher.Channels;
        Heatmaps = new Tensor(maps);
        Tags = new Tensor(maps);
        _beyond = new Tensor(maps);
    }

    /// <summary>Whether it says of every keypoint where there are people; else pixels of people whom nobody has annotated cannot be learnt from.</summary>
    public bool KnowsAllKeypoints => !_channels.Contains(-1);

    /// <summary>[N, K, h, w]: what it sees of the last batch, 0 to 1; 0 for keypoints that it does not know.</summary>
    public Tensor Heatmaps { get; }

    /// <summary>[N, K, h, w]: its tags, of which those count that belong to something seen.</summary>
    public Tensor Tags { get; }

    /// <summary>Whether its inner maps are learnt too.</summary>
    public bool GivesFeatures => _teacher.GivesFeatures;

    /// <summary>The student and the teacher, whose inner maps <see cref="Run"/> gives from now on.</summary>
    /// <param name="student">A LitePose.</param>
    public TaughtLitePose Over(Network student) => _taught = new TaughtLitePose((LitePose)student, (LitePose)_teacher.Network);

    /// <summary>What the teacher gives for a batch, after <see cref="Over"/> its inner maps first; the next call overwrites it.</summary>
    /// <param name="batch">The batch.</param>
    public IReadOnlyList<Tensor> Run(TrainingBatch batch) => (_network ??= new CompiledNetwork(_taught?.Teacher ?? _teacher.Network, _pool)).Run(batch.Input);

    /// <summary>Looks at a batch, as <see cref="Complete(TrainingBatch, IReadOnlyList{Tensor})"/> does.</summary>
    /// <param name="batch">The batch, whose heatmaps are changed.</param>
    public void Complete(TrainingBatch batch) => Complete(batch, Run(batch));

    /// <summary>The larger of what is annotated and what the teacher sees beyond the annotated people becomes the target.</summary>
    /// <param name="batch">The batch, whose heatmaps are changed.</param>
    /// <param name="outputs">What the teacher gives for it.</param>
    public void Complete(TrainingBatch batch, IReadOnlyList<Tensor> outputs)
    {
        Look(outputs);
        Heatmaps.Span.CopyTo(_beyond.Span);
        int people = batch.TagReferences.Length / (batch.Size * _channels.Count * 2), references = people * _channels.Count * 2;
        for (int n = 0; n < batch.Size; n++)
            for (int person = 0; person < people; person++)
                Forget(n, batch.TagReferences.AsSpan(n * references + person * _channels.Count * 2, _channels.Count * 2));
        Span<float> targets = batch.Heatmaps.Span;
        ReadOnlySpan<float> seen = _beyond.Span;
        for (int i = 0; i < targets.Length; i++) targets[i] = Math.Max(targets[i], seen[i]);
    }

    private void Look(IReadOnlyList<Tensor> outputs)
    {
        IReadOnlyList<Tensor> read = TeacherNetwork.Read(outputs, _teacher.Keypoints, output => output.Shape);
        Heatmaps.Span.Clear();
        Tags.Span.Clear();
        for (int n = 0; n < Heatmaps.Shape[0]; n++)
            for (int k = 0; k < _channels.Count; k++)
            {
                if (_channels[k] < 0) continue;
                Span<float> heatmap = MapOf(Heatmaps, n, k);
                foreach (Tensor output in read) AddMean(output, n, _channels[k], heatmap);
                foreach (ref float value in heatmap) value = Math.Clamp(value / read.Count, 0, 1);
                AddMean(read[0], n, _teacher.Keypoints + _channels[k], MapOf(Tags, n, k));
            }
    }

    /// <summary>Adds a channel, or where it is larger the mean of the pixels that fall into one of the map.</summary>
    private void AddMean(Tensor output, int n, int channel, Span<float> map)
    {
        int width = output.Shape[3], factor = output.Shape[2] / Heatmaps.Shape[2], mapWidth = width / factor;
        ReadOnlySpan<float> values = MapOf(output, n, channel);
        float share = 1f / (factor * factor);
        for (int i = 0; i < map.Length; i++)
        {
            var (row, column) = Math.DivRem(i, mapWidth);
            float sum = 0;
            for (int y = 0; y < factor; y++)
                for (int x = 0; x < factor; x++) sum += values[(row * factor + y) * width + column * factor + x];
            map[i] += sum * share;
        }
    }

    /// <summary>Leaves an annotated person to the annotation: keypoints that it has are not looked for around the person again.</summary>
    /// <param name="n">The image.</param>
    /// <param name="references">[K, 2] of <see cref="TrainingBatch.TagReferences"/>.</param>
    private void Forget(int n, ReadOnlySpan<int> references)
    {
        int width = Heatmaps.Shape[3], height = Heatmaps.Shape[2], count = 0;
        int left = width, right = -1, top = height, bottom = -1;
        for (int k = 0; k < _channels.Count; k++)
        {
            if (references[2 * k + 1] == 0) continue;
            var (y, x) = Math.DivRem(references[2 * k] % (width * height), width);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            count++;
        }

        if (count < FewestKeypoints) return;
        int margin = (int)Math.Ceiling(Margin * Math.Max(right - left, bottom - top)) + 1;
        (left, top) = (Math.Max(0, left - margin), Math.Max(0, top - margin));
        (right, bottom) = (Math.Min(width - 1, right + margin), Math.Min(height - 1, bottom + margin));
        for (int k = 0; k < _channels.Count; k++)
        {
            if (references[2 * k + 1] == 0) continue;
            Span<float> map = MapOf(_beyond, n, k);
            for (int y = top; y <= bottom; y++) map.Slice(y * width + left, right - left + 1).Clear();
        }
    }

    private static Span<float> MapOf(Tensor maps, int n, int channel)
    {
        int plane = maps.Shape[2] * maps.Shape[3];
        return maps.Span.Slice((n * maps.Shape[1] + channel) * plane, plane);
    }
}
