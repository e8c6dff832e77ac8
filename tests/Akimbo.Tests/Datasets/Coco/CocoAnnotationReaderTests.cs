using System.Text;
using Akimbo.Datasets.Coco;
using Akimbo.Geometry;

namespace Akimbo.Tests.Datasets.Coco;

public sealed class CocoAnnotationReaderTests
{
    private const string Whole = """
        {
          "info": {"year": 2017, "nested": [{"images": [1, 2]}]},
          "images": [{"id": 785, "file_name": "a.jpg", "width": 640, "height": 425, "crowdIndex": 0.25}, {"id": 1}],
          "annotations": [
            {"id": 5, "image_id": 785, "category_id": 1, "iscrowd": 0, "area": 12.5, "bbox": [1, 2, 3.5, 4],
             "num_keypoints": 1, "keypoints": [10, 20, 2, 0, 0, 0], "segmentation": [[1, 2, 3, 4, 5, 6], [7, 8]]},
            {"id": 6, "image_id": 1, "iscrowd": 1, "segmentation": {"counts": [3, 0, 5], "size": [2, 4]}},
            {"id": 7, "image_id": 1, "iscrowd": true, "segmentation": {"size": [2, 4], "counts": "abc"}, "keypoints": []}
          ],
          "categories": [{"id": 1, "name": "person", "keypoints": ["nose", "left_eye"], "skeleton": [[1, 2]]}]
        }
        """;

    [Fact]
    public void Read_OfAWholeFile_HandsOverEveryEntry()
    {
        var (images, annotations, categories) = Read(Whole, withSegmentations: true);

        Assert.Equal([new CocoImage(785, "a.jpg", 640, 425, 0.25), new CocoImage(1)], images);
        CocoAnnotation first = annotations[0];
        Assert.Equal((5, 785, 1, false, 12.5, new Box(1, 2, 3.5, 4), 1), (first.Id, first.ImageId, first.CategoryId, first.IsCrowd, first.Area, first.Box, first.KeypointCount));
        Assert.Equal([10, 20, 2, 0, 0, 0], first.Keypoints);
        Assert.Equal([1, 2, 3, 4, 5, 6], first.Segmentation!.Polygons[0]);
        Assert.Equal([7, 8], first.Segmentation.Polygons[1]);
        Assert.Equal([3, 0, 5], annotations[1].Segmentation!.Runs);
        Assert.Equal((2, 4), (annotations[1].Segmentation!.Height, annotations[1].Segmentation!.Width));
        Assert.Equal("abc", annotations[2].Segmentation!.CompressedRuns);
        Assert.True(annotations[1].IsCrowd && annotations[2].IsCrowd);
        Assert.Null(annotations[1].Area);
        Assert.Equal(["nose", "left_eye"], Assert.Single(categories).Keypoints);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Read_OfAStreamInSmallParts_IsTheSame(int bytes)
    {
        var (images, annotations, _) = Read(Whole, withSegmentations: true, bytes);
        Assert.Equal((2, 3), (images.Count, annotations.Count));
        Assert.Equal([10, 20, 2, 0, 0, 0], annotations[0].Keypoints);
    }

    [Fact]
    public void Read_OfAFileLongerThanItsBuffer_FindsEverything()
    {
        string entries = string.Join(",\n", Enumerable.Range(1, 20_000).Select(i => $$"""{"id": {{i}}, "image_id": 1, "note": "{{new string('é', i % 300)}}", "keypoints": [{{i}}, 2, 2]}"""));
        string name = new('n', 200_000);

        var (images, annotations, _) = Read($$"""{"images": [{"id": 1, "file_name": "{{name}}"}], "annotations": [{{entries}}]}""");

        Assert.Equal(name, images[0].FileName);
        Assert.Equal(20_000, annotations.Count);
        Assert.All(annotations, annotation => Assert.Equal(annotation.Id, annotation.Keypoints[0]));
    }

    [Fact]
    public void Read_WithAByteOrderMark_IsTheSame() => Assert.Equal(3, Read("\uFEFF" + Whole).Annotations.Count);

    [Theory]
    [InlineData("", "no complete JSON text")]
    [InlineData("[]", "a COCO annotation file is JSON StartArray; expected StartObject")]
    [InlineData("{}", "has images and annotations; this one has no images")]
    [InlineData("{\"images\": []}", "this one has no annotations")]
    [InlineData("{\"images\": 5, \"annotations\": []}", "the list of image entries is JSON Number; expected StartArray")]
    [InlineData("{\"images\": [3], \"annotations\": []}", "image 1: is JSON Number; expected an object")]
    [InlineData("{\"images\": [{\"id\": 1}, {\"file_name\": \"a\"}]", "image 2: has no id")]
    [InlineData("{\"images\": [{\"id\": 1.5}]", "image 1: id is no whole number")]
    [InlineData("{\"images\": [{\"id\": 1, \"width\": -5}]", "image 1: width is no whole number from 0")]
    [InlineData("{\"images\": [], \"annotations\": [{\"id\": 1}]}", "annotation 1: has no image_id")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"keypoints\": [1, 2]}]}", "annotation 1: keypoints has 2 numbers; expected three for each keypoint")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"keypoints\": [1, [2]]}]}", "annotation 1: keypoints has JSON StartArray where a number is expected")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"keypoints\": [1, NaN, 2]}]}", "annotation 1: NaN or Infinity where a number is expected")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"area\": -Infinity}]}", "annotation 1: NaN or Infinity where a number is expected")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"area\": 1e999}]}", "annotation 1: area has a number too large")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"bbox\": [1, 2, 3]}]}", "annotation 1: bbox has 3 numbers; expected x, y, width, height")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"bbox\": [1, 2, 3, 4, 5]}]}", "annotation 1: bbox has more than 4 numbers")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"segmentation\": {\"size\": [1, 2]}}]}", "annotation 1: segmentation has no size")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"segmentation\": {\"size\": [1, 2], \"counts\": [-1]}}]}", "annotation 1: segmentation has -1 where a count is expected")]
    [InlineData("{\"annotations\": [{\"id\": 1, \"image_id\": 2}", "no complete JSON text")]
    [InlineData("{\"images\": [], \"annotations\": []} x", "no complete JSON text")]
    public void Read_OfWhatCannotBe_NamesTheEntry(string json, string message)
    {
        var error = Assert.Throws<CocoFormatException>(() => Read(json, withSegmentations: true));
        Assert.StartsWith("file.json: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnyTruncation_IsAnError()
    {
        for (int length = 0; length < Whole.Length; length++)
            Assert.Throws<CocoFormatException>(() => Read(Whole[..length], withSegmentations: true));
    }

    [Fact]
    public void Read_OfEndlessValues_StopsEarly()
    {
        string endless = string.Concat(Enumerable.Repeat("1,", 3001));
        Assert.Contains("keypoints has more than 3000 numbers", Error($$"""{"annotations": [{"keypoints": [{{endless}}1]}]}"""), StringComparison.Ordinal);
        Assert.Contains("depth", Error($$"""{"info": {{new string('[', 100)}}"""), StringComparison.Ordinal);

        using var stream = new EndlessString();
        var error = Assert.Throws<CocoFormatException>(() => CocoAnnotationReader.Read(stream, "file.json", _ => { }, _ => { }));
        Assert.Contains("longer than 16 MiB", error.Message, StringComparison.Ordinal);

        static string Error(string json) => Assert.Throws<CocoFormatException>(() => Read(json)).Message;
    }

    private static (List<CocoImage> Images, List<CocoAnnotation> Annotations, List<CocoCategory> Categories) Read(
        string json, bool withSegmentations = false, int bytesAtOnce = int.MaxValue)
    {
        List<CocoImage> images = [];
        List<CocoAnnotation> annotations = [];
        List<CocoCategory> categories = [];
        using var stream = new SlowStream(Encoding.UTF8.GetBytes(json), bytesAtOnce);
        CocoAnnotationReader.Read(stream, "file.json", images.Add, annotations.Add, categories.Add, withSegmentations);
        return (images, annotations, categories);
    }

    private sealed class SlowStream(byte[] bytes, int bytesAtOnce) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, bytesAtOnce));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, bytesAtOnce)]);
    }

    private sealed class EndlessString : Stream
    {
        private bool _isOpen;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'a');
            if (!_isOpen) "{\""u8.CopyTo(buffer.AsSpan(offset));
            _isOpen = true;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
